import { beforeEach, describe, expect, test } from 'vitest';
import { consumedUnits } from '../../../../sandbox/services/dynamodb/capacity.ts';
import { dynamodbService } from '../../../../sandbox/services/dynamodb/service.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';
import { withTable } from './table.ts';

const TableName = 'incidents';
let fake: FakeAccount;
beforeEach(() => {
  fake = withTable();
});

const key = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const text = (kilobytes: number) => ({ S: 'x'.repeat(kilobytes * 1024) });

/** What one call costs, and the error that it ends in. */
async function cost(name: string, input: object) {
  const sum = () =>
    [...consumedUnits(fake.account).values()].reduce(
      (all, { read, write }) => ({ read: all.read + read, write: all.write + write }),
      { read: 0, write: 0 },
    );
  const before = sum();
  const error = await invoke(dynamodbService, name, { TableName, ...input }, fake.call()).then(
    () => null,
    ({ code }) => code,
  );
  const after = sum();
  return { read: after.read - before.read, write: after.write - before.write, error };
}

describe('request units', () => {
  test('a write takes one for each KB of the larger of before and after, at least one', async () => {
    expect(await cost('PutItem', { Item: key('a') })).toMatchObject({ read: 0, write: 1 });
    expect(await cost('PutItem', { Item: { ...key('a'), body: text(2) } })).toMatchObject({ write: 3 });
    expect(await cost('PutItem', { Item: key('a') })).toMatchObject({ write: 3 });
  });

  test('a condition that fails costs what the item is large, and nothing else that is refused costs anything', async () => {
    await cost('PutItem', { Item: { ...key('a'), body: text(2) } });
    const absent = { Item: key('a'), ConditionExpression: 'attribute_not_exists(pk)' };
    expect(await cost('PutItem', absent)).toEqual({ read: 0, write: 3, error: 'ConditionalCheckFailedException' });
    expect(await cost('PutItem', { Item: { pk: { S: 'p' } } })).toEqual({
      read: 0,
      write: 0,
      error: 'ValidationException',
    });
  });

  test('an entry of an index costs when it comes, moves or goes, and not when it stays', async () => {
    const put = (gsi: string | null) => cost('PutItem', { Item: { ...key('a'), ...(gsi ? { g: { S: gsi } } : {}) } });
    expect(await put('running')).toMatchObject({ write: 2 });
    expect(await put('running')).toMatchObject({ write: 1 });
    expect(await put('resting')).toMatchObject({ write: 3 });
    expect(await put(null)).toMatchObject({ write: 2 });
  });

  test('a read takes one for each 4 KB when it is consistent, half of it otherwise, and one for nothing', async () => {
    await cost('PutItem', { Item: { ...key('a'), body: text(5) } });
    expect(await cost('GetItem', { Key: key('a'), ConsistentRead: true })).toMatchObject({ read: 2, write: 0 });
    expect(await cost('GetItem', { Key: key('a') })).toMatchObject({ read: 1 });
    expect(await cost('GetItem', { Key: key('none'), ConsistentRead: true })).toMatchObject({ read: 1 });
  });

  test('a query takes what its items are large together', async () => {
    for (const sk of ['a', 'b', 'c']) await cost('PutItem', { Item: { ...key(sk), body: text(3) } });
    const query = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } };
    expect(await cost('Query', { ...query, ConsistentRead: true })).toMatchObject({ read: 3 });
    expect(await cost('Query', query)).toMatchObject({ read: 1.5 });
  });

  test('are counted by caller, and for each account by itself', async () => {
    await cost('PutItem', { Item: key('a') });
    expect(consumedUnits(fake.account).size).toBe(1);
    expect(consumedUnits(fakeAccount().account).size).toBe(0);
  });
});
