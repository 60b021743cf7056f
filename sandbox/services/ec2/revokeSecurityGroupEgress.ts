import { revoke } from './revoke.ts';

/** What may no longer go out. */
export const revokeSecurityGroupEgress = revoke(true);
