import { revoke } from './revoke.ts';

/** What may no longer come in. */
export const revokeSecurityGroupIngress = revoke(false);
