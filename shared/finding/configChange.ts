import { parseNodeCompliance } from './configChange/nodeCompliance.ts';
import { parseRuleCompliance } from './configChange/ruleCompliance.ts';
import type { Envelope, Parsed, Source } from './source.ts';

const forms = new Map<string, (envelope: Envelope) => Parsed>([
  ['aws.config Config Rules Compliance Change', parseRuleCompliance],
  ['aws.ssm Configuration Compliance State Change', parseNodeCompliance],
]);

const formOf = (envelope: Envelope) => forms.get(`${envelope.source} ${envelope['detail-type']}`);

/**
 * Configuration that is not as it should be: what a rule of AWS Config evaluated, and patches and associations of the nodes of Systems
 * Manager. Both send changes alone: compliant, and then not again, is a new statement about the same thing.
 */
export const configChange: Source = {
  name: 'configChange',
  matches: (envelope) => formOf(envelope) !== undefined,
  parse: (envelope) =>
    formOf(envelope)?.(envelope) ?? {
      kind: 'ignored',
      reason: 'neither a compliance change of AWS Config nor one of Systems Manager',
    },
  volatile: ['observedAt'],
};
