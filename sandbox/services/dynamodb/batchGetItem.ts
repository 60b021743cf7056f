import type { BatchGetItemInput, BatchGetItemOutput, GetItemOutput } from '@aws-sdk/client-dynamodb';
import action from 'dynalite/actions/getItem.js';
import shape from 'dynalite/validations/getItem.js';
import { type Account, AwsError, operation } from '../../account.ts';
import type { Item } from './dynaliteShapes.ts';
import { performNow } from './perform.ts';
import { tableArn } from './tableName.ts';

/** Up to 100 items; missing ones are left out, and the order is not that of the keys, as on AWS. */
export const batchGetItem = operation<BatchGetItemInput, BatchGetItemOutput>(
  (input, account) =>
    Object.keys(input.RequestItems ?? {}).map((table) => ({
      action: 'dynamodb:BatchGetItem',
      resource: tableArn(account, table),
    })),
  (input, call) => {
    const { account } = call;
    const asked = Object.entries(input.RequestItems ?? {});
    const keys = asked.flatMap(([, request]) => request.Keys ?? []);
    if (keys.length === 0 || keys.length > 100) {
      throw new AwsError('ValidationException', 'Member must have length between 1 and 100: requestItems');
    }
    const found = asked.map(([TableName, { Keys, ...rest }]) => {
      const distinct = new Set((Keys ?? []).map((key) => JSON.stringify(key)));
      if (distinct.size < (Keys ?? []).length) {
        throw new AwsError('ValidationException', 'Provided list of item keys contains duplicates');
      }
      const items = (Keys ?? [])
        .map((Key) => performNow<GetItemOutput>(call, { action, shape }, { ...rest, TableName, Key }).Item)
        .filter((item) => item !== undefined);
      return [TableName, shuffled(account, items)] as const;
    });
    return { Responses: Object.fromEntries(found), UnprocessedKeys: {} };
  },
);

function shuffled(account: Account, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: account.random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
