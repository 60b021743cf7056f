import { authorize } from './authorize.ts';

/** What may come in. */
export const authorizeSecurityGroupIngress = authorize(false);
