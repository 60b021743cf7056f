import type { Service } from '../../account.ts';
import { assumeRole } from './assumeRole.ts';
import { getCallerIdentity } from './getCallerIdentity.ts';

/** Sessions of roles, under their trust policies. */
export const stsService: Service = {
  name: 'sts',
  protocol: 'query',
  target: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: { AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity },
};
