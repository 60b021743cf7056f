import type { Source } from './source.ts';
import { parseThreatFinding } from './threatFinding/detail.ts';

/**
 * Threats that Amazon GuardDuty found, whatever they are about. GuardDuty sends a finding again under the same id, with a higher
 * count and what it saw last: another process or another task is news, a later time alone is none.
 */
export const threatFinding: Source = {
  name: 'threatFinding',
  matches: ({ source, 'detail-type': type }) => source === 'aws.guardduty' && type === 'GuardDuty Finding',
  parse: parseThreatFinding,
  volatile: ['observedAt', 'threat.count'],
};
