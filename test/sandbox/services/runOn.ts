import type { Operation } from '../../../sandbox/account.ts';
import type { FakeAccount } from '../fakeAccount.ts';

/** Runs an operation as the account's administrator; what it answers is typed by the caller. */
export const runOn =
  ({ call }: Pick<FakeAccount, 'call'>) =>
  async <Output>(operation: Operation, input: object): Promise<Output> =>
    (await operation.run(input as never, call())) as Output;
