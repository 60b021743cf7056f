import { authorize } from './authorize.ts';

/** What may go out. */
export const authorizeSecurityGroupEgress = authorize(true);
