import type { Envelope } from './source.ts';

/**
 * The canary: every few minutes a rule that lets findings in fires by the clock, too, and what it then sends goes the way of a finding to the
 * end. It is no finding: no resource of anybody's is named so, and no rule can match it. Nobody but EventBridge can send it, because an
 * event whose source begins with `aws.` is refused from anybody else.
 */
const prefix = 'canary/';

/** The incident that the canary has for ever; undefined for any other event. */
export const canaryOf = ({ source, 'detail-type': type, account, region }: Envelope): string | undefined =>
  source === 'aws.events' && type === 'Scheduled Event' ? canaryKey(account, region) : undefined;

export const canaryKey = (account: string, region: string): string => `${prefix}${account}/${region}/threat-findings`;

/** No kind of resource is called so: nothing that is found has such a key. */
export const isCanary = (incident: string): boolean => incident.startsWith(prefix);
