import type { Service } from '../../account.ts';
import { lookupEvents } from './lookupEvents.ts';

/** The event history of 90 days, which every account has. No trails, no event data stores. */
export const cloudtrailService: Service = {
  name: 'cloudtrail',
  protocol: 'json-1.1',
  target: 'CloudTrail_20131101',
  operations: { LookupEvents: lookupEvents },
};
