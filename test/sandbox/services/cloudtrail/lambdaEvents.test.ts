import { expect, it } from 'vitest';
import { keepEvent } from '../../../../sandbox/services/cloudtrail/keep.ts';
import { eventHistory } from '../../../../sandbox/services/cloudtrail/state.ts';
import { fakeAccount } from '../../fakeAccount.ts';

const arn = 'arn:aws:iam::123456789012:root';

/** What the history has of a call that went well, by name and parameters. */
function kept(operation: string, input: object): readonly (readonly [name: string, parameters: unknown])[] {
  const { account } = fakeAccount();
  keepEvent(account, {
    ...{ service: 'lambda', operation, input, output: {}, principal: { kind: 'root', arn } },
    ...{ accessKeyId: 'AKIA', userAgent: 'test', requestId: '1' },
  });
  return eventHistory(account).events.map(({ name, record }) => [name, JSON.parse(record).requestParameters]);
}

it.each(['PutFunctionConcurrency', 'DeleteFunctionConcurrency'])(
  '%s is named with the date of its API, and its parameters begin with a small letter',
  (operation) => {
    expect(kept(operation, { FunctionName: 'f', ReservedConcurrentExecutions: 3 })).toEqual([
      [`${operation}20171031`, { functionName: 'f', reservedConcurrentExecutions: 3 }],
    ]);
  },
);

it('has neither invocations, which are data, nor what only reads', () => {
  expect(kept('Invoke', { functionName: 'f' })).toEqual([]);
  expect(kept('GetFunctionConcurrency', { FunctionName: 'f' })).toEqual([]);
});
