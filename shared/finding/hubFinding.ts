import { parseHubFindings } from './hubFinding/findings.ts';
import type { Envelope, Parsed, Source } from './source.ts';

const forms: ReadonlySet<string> = new Set([
  'aws.securityhub Security Hub Findings - Imported',
  'aws.securityhub Security Hub Findings - Custom Action',
  'aws.securityhub Findings Imported V2',
]);

const isOurs = (envelope: Envelope): boolean => forms.has(`${envelope.source} ${envelope['detail-type']}`);

/**
 * What AWS Security Hub passes on, in both of its formats: findings of other products, and those of GuardDuty, Inspector and AWS Config,
 * which are the very findings that these send themselves (docs/decisions/0043). What Security Hub says around a finding changes as
 * people work on it, and the finding stays what it is.
 */
export const hubFinding: Source = {
  name: 'hubFinding',
  matches: isOurs,
  parse: (envelope): Parsed =>
    isOurs(envelope) ? parseHubFindings(envelope) : { kind: 'ignored', reason: 'no finding of AWS Security Hub' },
  volatile: ['observedAt', 'threat.count', 'product', 'vulnerability.exploited.at'],
};
