import { fileURLToPath } from 'node:url';
import type { Account } from '../../sandbox/account.ts';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { type Ran, type RunOptions, run } from './run.ts';

export type { Ran } from './run.ts';

export const bin = fileURLToPath(new URL('../../bin/firebreak.mjs', import.meta.url));

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What points the command, and every SDK, at an embedded account; as its administrator, unless others are given. */
export const environmentOf = (
  account: Account,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials = rootCredentials(account),
): { readonly [name: string]: string } => ({
  AWS_ENDPOINT_URL: account.endpoint,
  AWS_REGION: account.region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
});

/** Runs the command as a person does; nothing of AWS in the caller's environment is handed on. */
export function firebreak(args: readonly string[], { env = {}, stdin = '' }: RunOptions = {}): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env;
  const base = { PATH, HOME, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  return run(process.execPath, [bin, ...args], { env: { ...base, AWS_EC2_METADATA_DISABLED: 'true', ...env }, stdin });
}
