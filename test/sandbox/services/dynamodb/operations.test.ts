import type {
  BatchGetItemOutput,
  DescribeTableOutput,
  GetItemOutput,
  QueryOutput,
  UpdateItemOutput,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamodbService } from '../../../../sandbox/services/dynamodb/service.ts';
import { dynamoState, itemsOf } from '../../../../sandbox/services/dynamodb/state.ts';
import { createTable } from '../../../../sandbox/services/dynamodb/tables.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';
import { withTable } from './table.ts';

const TableName = 'incidents';
let fake: FakeAccount;
beforeEach(() => {
  fake = withTable();
});
const run = <O>(name: string, input: object): Promise<O> =>
  invoke<O>(dynamodbService, name, { TableName, ...input }, fake.call());
const key = (sk: string, pk = 'p'): { pk: { S: string }; sk: { S: string } } => ({ pk: { S: pk }, sk: { S: sk } });

describe('reads', () => {
  test('a query by prefix pages in key order', async () => {
    for (const sk of ['finding#2', 'finding#1', 'head', 'finding#3']) await run('PutItem', { Item: key(sk) });
    const ask = {
      KeyConditionExpression: 'pk = :p AND begins_with(sk, :s)',
      ExpressionAttributeValues: { ':p': { S: 'p' }, ':s': { S: 'finding#' } },
      Limit: 2,
    };
    const first = await run<QueryOutput>('Query', ask);
    expect(first.Items).toEqual([key('finding#1'), key('finding#2')]);
    expect(first.LastEvaluatedKey).toEqual(key('finding#2'));
    const second = await run<QueryOutput>('Query', { ...ask, ExclusiveStartKey: first.LastEvaluatedKey });
    expect(second.Items).toEqual([key('finding#3')]);
    expect(second.LastEvaluatedKey).toBeUndefined();
    const reversed = await run<QueryOutput>('Query', { ...ask, ScanIndexForward: false });
    expect(reversed.Items).toEqual([key('finding#3'), key('finding#2')]);
  });

  test('a batch answers with what is there', async () => {
    await run('PutItem', { Item: key('a') });
    await run('PutItem', { Item: key('b') });
    const { Responses } = await run<BatchGetItemOutput>('BatchGetItem', {
      RequestItems: { incidents: { Keys: [key('a'), key('b'), key('none')] } },
    });
    expect(Responses?.['incidents']).toHaveLength(2);
    expect(Responses?.['incidents']).toEqual(expect.arrayContaining([key('a'), key('b')]));
  });

  test('a missing item is an answer, a missing table an error', async () => {
    expect((await run<GetItemOutput>('GetItem', { Key: key('none') })).Item).toBeUndefined();
    await expect(run('GetItem', { TableName: 'other', Key: key('a') })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('comparing a map in a filter is refused, since it would come out wrong', async () => {
    const ask = (value: object): object => ({
      KeyConditionExpression: 'pk = :p',
      FilterExpression: 'o = :o',
      ExpressionAttributeValues: { ':p': { S: 'p' }, ':o': value },
    });
    await run('PutItem', { Item: { ...key('a'), o: { S: 'x' } } });
    expect((await run<QueryOutput>('Query', ask({ S: 'x' }))).Items).toHaveLength(1);
    await expect(run('Query', ask({ M: {} }))).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

describe('writes', () => {
  test('the stored item comes back with a failed condition only when asked for', async () => {
    await run('PutItem', { Item: { ...key('a'), by: { S: 'first' } } });
    const again = { Item: key('a'), ConditionExpression: 'attribute_not_exists(pk)' };
    const refused = await run('PutItem', again).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
    expect(refused).not.toHaveProperty('Item');
    await expect(run('PutItem', { ...again, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).rejects.toMatchObject({
      Item: { ...key('a'), by: { S: 'first' } },
    });
  });

  test.each([
    ['a map', { M: { incident: { S: 'i' }, run: { S: 'r' } } }, { M: { run: { S: 'r' }, incident: { S: 'i' } } }],
    ['a list', { L: [{ N: '1' }] }, { L: [{ N: '1.0' }] }],
    ['the empty string', { S: '' }, { S: '' }],
    ['a set in another order', { SS: ['a', 'b'] }, { SS: ['b', 'a'] }],
  ])('a condition on %s holds for an equal value, by = and by IN, and for no other', async (_name, stored, equal) => {
    await run('PutItem', { Item: { ...key('a'), owner: stored } });
    for (const ConditionExpression of ['#o = :o', '#o IN (:o)', 'NOT #o <> :o']) {
      const put = (value: object): Promise<unknown> =>
        run('PutItem', {
          Item: { ...key('a'), owner: stored },
          ConditionExpression,
          ExpressionAttributeNames: { '#o': 'owner' },
          ExpressionAttributeValues: { ':o': value },
        });
      await expect(put(equal)).resolves.toBeDefined();
      await expect(put({ M: { incident: { S: 'other' } } })).rejects.toMatchObject({
        code: 'ConditionalCheckFailedException',
      });
    }
  });

  test('an update that fails half-way leaves item and index as they were', async () => {
    await run('PutItem', { Item: { ...key('a'), g: { S: 'u' } } });
    await expect(
      run('UpdateItem', {
        Key: key('a'),
        UpdateExpression: 'SET g = :g, m.x = :g',
        ExpressionAttributeValues: { ':g': { S: 'v' } },
      }),
    ).rejects.toMatchObject({ code: 'ValidationException' });
    expect(itemsOf(fake.account, TableName)).toEqual([{ ...key('a'), g: { S: 'u' } }]);
  });

  test('400 KB is counted in UTF-8, and what is too large reaches neither table nor index', async () => {
    const room = 409_600 - Buffer.byteLength('pk' + 'p' + 'sk' + 'a' + 'g' + 'u' + 'v');
    const item = (text: string): object => ({ Item: { ...key('a'), g: { S: 'u' }, v: { S: text } } });
    await expect(run('PutItem', item('é'.repeat(room / 2 + 1)))).rejects.toMatchObject({ code: 'ValidationException' });
    expect(itemsOf(fake.account, TableName)).toEqual([]);
    await run('PutItem', item('x'.repeat(room)));
    expect(itemsOf(fake.account, TableName)).toHaveLength(1);
  });

  test('a reserved word without a placeholder is refused as on AWS', async () => {
    await expect(
      run('UpdateItem', {
        Key: key('a'),
        UpdateExpression: 'SET status = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
      }),
    ).rejects.toThrow(/reserved keyword/);
  });
});

test('an index can lag behind its table', async () => {
  dynamoState(fake.account).indexDelayMs = 500;
  const ask = { IndexName: 'by-g', KeyConditionExpression: 'g = :g', ExpressionAttributeValues: { ':g': { S: 'u' } } };
  await run('PutItem', { Item: { ...key('a'), g: { S: 'u' } } });
  expect((await run<QueryOutput>('Query', ask)).Items).toEqual([]);
  await fake.clock.advance(500);
  expect((await run<QueryOutput>('Query', ask)).Items).toHaveLength(1);
  await run('DeleteItem', { Key: key('a') });
  expect((await run<QueryOutput>('Query', ask)).Items).toHaveLength(1);
  await fake.clock.advance(500);
  expect((await run<QueryOutput>('Query', ask)).Items).toEqual([]);
});

test('IAM is asked about the index that is read, else about the table', () => {
  const needs = (name: string, input: object): unknown =>
    dynamodbService.operations[name]?.needs(input as never, fake.account);
  const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/incidents';
  expect(needs('Query', { TableName, IndexName: 'by-g' })).toEqual([
    { action: 'dynamodb:Query', resource: `${arn}/index/by-g` },
  ]);
  expect(needs('Query', { TableName })).toEqual([{ action: 'dynamodb:Query', resource: arn }]);
  expect(needs('PutItem', { TableName: arn })).toEqual([{ action: 'dynamodb:PutItem', resource: arn }]);
});

test('a table is described with its index and count; one with stray attribute definitions is not made', async () => {
  await run('PutItem', { Item: key('a') });
  const { Table } = await run<DescribeTableOutput>('DescribeTable', {});
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', ItemCount: 1, GlobalSecondaryIndexes: [{ IndexName: 'by-g' }] });
  expect(() =>
    createTable(fakeAccount().account, {
      name: 'odd',
      keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      attributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'stray', AttributeType: 'S' },
      ],
    }),
  ).toThrow(/stray/);
});

describe('updates of lists', () => {
  const list = (...texts: string[]) => ({ L: texts.map((S) => ({ S })) });
  const updated = async (UpdateExpression: string): Promise<unknown> => {
    await run('PutItem', {
      Item: { ...key('a'), members: list('a', 'b', 'c', 'd'), inMap: { M: { l: list('x', 'y') } } },
    });
    const values = UpdateExpression.includes(':v') ? { ExpressionAttributeValues: { ':v': { S: 'new' } } } : {};
    const input = { Key: key('a'), UpdateExpression, ReturnValues: 'ALL_NEW', ...values };
    return (await run<UpdateItemOutput>('UpdateItem', input)).Attributes;
  };

  test.each([
    ['REMOVE members[0], members[2]', ['b', 'd']],
    ['REMOVE members[2], members[0]', ['b', 'd']],
    ['REMOVE members[3], members[1], members[0]', ['c']],
    ['REMOVE members[0] SET members[1] = :v', ['new', 'c', 'd']],
  ])('%s means the list as it was', async (expression, left) => {
    expect(await updated(expression)).toMatchObject({ members: list(...left) });
  });

  test('in a map, too', async () => {
    expect(await updated('REMOVE inMap.l[0], inMap.l[1], members[0]')).toMatchObject({
      members: list('b', 'c', 'd'),
      inMap: { M: { l: list() } },
    });
  });
});

test('the key of an index is not empty; other text may be', async () => {
  const empty = { g: { S: '' } };
  await expect(run('PutItem', { Item: { ...key('a'), ...empty } })).rejects.toMatchObject({
    code: 'ValidationException',
    message: expect.stringContaining('IndexName: by-g, IndexKey: g'),
  });
  await run('PutItem', { Item: { ...key('a'), other: { S: '' } } });
  const update = { Key: key('a'), UpdateExpression: 'SET g = :v', ExpressionAttributeValues: { ':v': { S: '' } } };
  await expect(run('UpdateItem', update)).rejects.toMatchObject({ code: 'ValidationException' });
  expect(itemsOf(fake.account, TableName)).toEqual([{ ...key('a'), other: { S: '' } }]);
});
