import type { Fields } from '../read.ts';
import type { Envelope, Parsed } from '../source.ts';
import { configFinding } from './config.ts';
import { guardDutyFinding } from './guardDuty.ts';
import { inspectorFinding } from './inspector.ts';
import type { HubRecord } from './record.ts';

/** A finding that its own source sends as well, in the form in which that source sends it. */
export interface Original {
  readonly source: 'GuardDuty' | 'Inspector' | 'AWS Config';
  readonly detail: Fields;
  /** That source's own reader. */
  readonly parse: (envelope: Envelope) => Parsed;
  /** What it is about is named as exactly as in the source's own event, so that both belong to one incident. */
  readonly isExact: boolean;
  /** The rule of that source lets such a finding in. */
  readonly isTaken: boolean;
}

type Reader = (record: HubRecord) => Original | null;

/** By company and product. */
const readers: ReadonlyMap<string, { readonly source: Original['source']; readonly read: Reader }> = new Map([
  ['aws/guardduty', { source: 'GuardDuty', read: guardDutyFinding }],
  ['aws/inspector', { source: 'Inspector', read: inspectorFinding }],
  ['aws/config', { source: 'AWS Config', read: configFinding }],
] as const);

/** Whose own event says the same; null for a finding of which we hear through Security Hub alone. */
export function sentBy(
  record: HubRecord,
): { readonly source: Original['source']; readonly original: Original | null } | null {
  const known = readers.get(record.product.id);
  if (known !== undefined) return { source: known.source, original: known.read(record) };
  // A control of Security Hub's own: most of them have a rule of AWS Config behind them.
  const behind = record.product.id === 'aws/securityhub' ? configFinding(record) : null;
  return behind === null ? null : { source: 'AWS Config', original: behind };
}
