import { expect, test } from 'vitest';
import { failedMessages } from '../../../sandbox/services/lambda/batchResponse.ts';

const ids = ['a', 'b'];
const failures = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

test.each([[null], [undefined], [{}], [{ batchItemFailures: null }], [failures()]])(
  '%j means that all went well',
  (answer) => {
    expect(failedMessages(answer, ids)).toEqual([]);
  },
);

test('named messages have failed, the others have not', () => {
  expect(failedMessages(failures('b'), ids)).toEqual(['b']);
});

test.each([
  ['text'],
  [{ batchItemFailures: 'a' }],
  [failures('')],
  [failures(null)],
  [failures('c')],
  [{ batchItemFailures: [{ wrongKey: 'a' }] }],
])('%j fails the whole batch', (answer) => {
  expect(failedMessages(answer, ids)).toEqual(ids);
});
