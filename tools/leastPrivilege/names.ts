import type { Account } from '../../sandbox/account.ts';

/** The stack's name in every scenario. */
const stack = 'firebreak-dev';

/** CloudFormation ends the names that it makes up with something that differs from account to account. */
const madeUp = new RegExp(`(${stack}-\\w+)-[0-9a-f]{11}\\b`, 'gi');

/** A name or an ARN as it reads in every account: grants of one template are the same ones wherever it is deployed. */
export const nameAnywhere = (text: string, { id, region }: Pick<Account, 'id' | 'region'>): string =>
  text.replaceAll(madeUp, '$1').replaceAll(id, 'ACCOUNT').replaceAll(region, 'REGION');
