import { incidentHash } from '../incident/keys.ts';

/** What the ids of all that is told of an incident's leases begin with. */
export const leaseMessages = (incident: string): string => `${incidentHash(incident)}/lease/`;
