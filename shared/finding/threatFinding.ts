import type { Envelope, Parsed, Source } from './source.ts';
import { parseThreatFinding } from './threatFinding/detail.ts';
import { parseSight } from './threatFinding/sight.ts';

const forms = new Map<string, (envelope: Envelope) => Parsed>([
  ['aws.guardduty GuardDuty Finding', parseThreatFinding],
  ['aws.guardduty GuardDuty Runtime Protection Unhealthy', parseSight],
  ['aws.guardduty GuardDuty Runtime Protection Healthy', parseSight],
]);

const formOf = (envelope: Envelope) => forms.get(`${envelope.source} ${envelope['detail-type']}`);

/**
 * Threats that Amazon GuardDuty found, whatever they are about, and whether it sees anything at all. GuardDuty sends a finding again under
 * the same id, with a higher count and what it saw last: another process or another task is news, a later time alone is none.
 */
export const threatFinding: Source = {
  name: 'threatFinding',
  matches: (envelope) => formOf(envelope) !== undefined,
  parse: (envelope) =>
    formOf(envelope)?.(envelope) ?? { kind: 'ignored', reason: 'nothing that Amazon GuardDuty found or lost sight of' },
  volatile: ['observedAt', 'threat.count'],
};
