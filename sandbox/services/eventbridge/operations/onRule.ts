import { type Account, AwsError, type Needed } from '../../../account.ts';

/** What IAM is asked for an operation on one rule of the default bus. */
export const onRule =
  (action: string) =>
  (
    input: { readonly Name?: string | undefined; readonly Rule?: string | undefined },
    account: Account,
  ): readonly Needed[] => [
    {
      action: `events:${action}`,
      resource: `arn:aws:events:${account.region}:${account.id}:rule/${input.Name ?? input.Rule ?? ''}`,
    },
  ];

/** There is one bus. Throws AwsError ResourceNotFoundException. */
export function onDefaultBus(name: string | undefined): void {
  if (name === undefined || name === 'default' || name.endsWith(':event-bus/default')) return;
  throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}
