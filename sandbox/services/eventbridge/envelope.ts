import type { JsonObject } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';

/** An event as EventBridge delivers it. */
export interface Envelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, to the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

export interface EventInput {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  /** Milliseconds since the epoch; now, unless it is said. */
  readonly time?: number;
  readonly account?: string;
  readonly region?: string;
}

export const envelopeOf = (account: Account, input: EventInput): Envelope => ({
  version: '0',
  id: account.random.uuid(),
  'detail-type': input.detailType,
  source: input.source,
  account: input.account ?? account.id,
  time: new Date(input.time ?? account.clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  region: input.region ?? account.region,
  resources: input.resources ?? [],
  detail: input.detail,
});
