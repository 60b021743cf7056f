import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import type { Theatre } from './theatre.ts';

/** How the embedded account is asked as a person would ask it with the aws command: for the constructor of any AWS client. */
export const clientOf = ({ sandbox: { account, door } }: Pick<Theatre, 'sandbox'>) => ({
  region: account.region,
  endpoint: door.endpoint,
  credentials: rootCredentials(account),
});
