import { type Account, AwsError, type Needed } from '../../account.ts';
import { groupArn } from './groups.ts';

/** The name of a group from its name or ARN (with or without `:*`). */
export function groupNameOf(input: {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}): string {
  const named = input.logGroupName ?? input.logGroupIdentifier;
  if (named === undefined) throw new AwsError('InvalidParameterException', 'A log group name is required');
  return named.startsWith('arn:') ? named.replace(/^.*:log-group:/, '').replace(/:\*$/, '') : named;
}

/** What IAM is asked for an operation on a group as a whole: AWS writes its ARN with `:*`. */
export const onGroup =
  (action: string) =>
  (input: Parameters<typeof groupNameOf>[0], account: Account): readonly Needed[] => [
    { action: `logs:${action}`, resource: `${groupArn(account, groupNameOf(input))}:*` },
  ];

/** What IAM is asked for an operation on one stream. */
export const onStream =
  (action: string) =>
  (
    input: Parameters<typeof groupNameOf>[0] & { readonly logStreamName?: string | undefined },
    account: Account,
  ): readonly Needed[] => [
    {
      action: `logs:${action}`,
      resource: `${groupArn(account, groupNameOf(input))}:log-stream:${input.logStreamName ?? ''}`,
    },
  ];
