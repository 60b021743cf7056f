import { type Account, slice } from '../../../account.ts';
import { roleNamed } from '../../../iam/roles.ts';
import { lambdaState } from '../state.ts';

export interface AccountFunction {
  readonly name: string;
  readonly arn: string;
  /** As it was given; absent for a zip. */
  readonly imageUri: string | undefined;
  /** With the digest that Lambda resolved and keeps. */
  readonly resolvedImageUri: string | undefined;
  /** How long an invocation may last; absent: Lambda's own 3. */
  readonly timeoutSeconds?: number;
  /** Its execution role. */
  readonly roleArn?: string;
  /** Its variables; absent: none. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Functions that belong to the account's own workloads, not to the deployed stack: listed, never run. */
export const accountFunctions = slice('lambda.accountFunctions', () => new Map<string, AccountFunction>());

/** Every function of the account, those of the deployed stack (zips) too. */
export const everyFunction = (account: Account): readonly AccountFunction[] => [
  ...accountFunctions(account).values(),
  ...[...lambdaState(account).functions.values()].map(
    ({ settings: { name, arn, timeoutSeconds, roleName, environment } }) => ({
      name,
      arn,
      timeoutSeconds,
      environment,
      roleArn: roleNamed(account, roleName)?.arn ?? `arn:aws:iam::${account.id}:role/${roleName}`,
      imageUri: undefined,
      resolvedImageUri: undefined,
    }),
  ),
];
