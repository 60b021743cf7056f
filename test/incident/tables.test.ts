import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoTable } from '../../shared/incident/dynamoTable.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import type { Change, Expect, Item, Key, Table } from '../../shared/incident/table.ts';
import { DynamoDBClient } from '../../shared/platform/sdk/dynamodb.ts';

let server: Server;
let client: DynamoDBClient;
let made = 0;

beforeAll(async () => {
  server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
});

afterAll(() => {
  client.destroy();
  server.close();
});

/** A fresh table with the keys and the index of the template. */
async function onDynamo(): Promise<Table> {
  made += 1;
  const TableName = `incidents-${made}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'state',
          KeySchema: [{ AttributeName: 'gsi', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  let status: string | undefined;
  while (status !== 'ACTIVE') status = (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
  return dynamoTable(client, TableName);
}

const key = { pk: 'incident#a', sk: 'head' };

describe.each([
  ['in memory', async () => memoryTable()],
  ['on DynamoDB', onDynamo],
] as const)('a table %s', (_name, fresh) => {
  it('puts an item once', async () => {
    const table = await fresh();
    expect(await table.putIfAbsent({ ...key, n: 1 })).toBe(true);
    expect(await table.putIfAbsent({ ...key, n: 2 })).toBe(false);
    expect(await table.get(key)).toEqual({ ...key, n: 1 });
    expect(await table.get({ ...key, sk: 'other' })).toBeUndefined();
  });

  it('keeps every kind of JSON', async () => {
    const table = await fresh();
    const item = { ...key, s: '', n: -1.5, b: false, l: [null, [1], { a: 'ä' }], m: { 'x/y:z#': { deep: null } } };
    await table.putIfAbsent(item);
    expect(await table.get(key)).toEqual(item);
  });

  it('changes an item only while it is there and as expected', async () => {
    const table = await fresh();
    expect(await table.update(key, {}, { set: { n: 1 } })).toBeUndefined();
    expect(await table.get(key)).toBeUndefined();
    await table.putIfAbsent({ ...key, state: 'running', n: 1 });
    expect(await table.update(key, { state: 'resting' }, { set: { n: 2 } })).toBeUndefined();
    expect(await table.update(key, { missing: 1 }, { set: { n: 2 } })).toBeUndefined();
    expect(await table.update(key, { state: null }, { set: { n: 2 } })).toBeUndefined();
    const changed = { ...key, state: 'running', n: 3, 'out:a/b': { t: 1 } };
    const change = { set: { 'out:a/b': { t: 1 } }, add: { n: 2 } };
    expect(await table.update(key, { state: 'running', missing: null }, change)).toEqual(changed);
    expect(await table.get(key)).toEqual(changed);
  });

  it('takes null for absent', async () => {
    const table = await fresh();
    await table.putIfAbsent({ ...key, a: null, b: 1, c: 1 });
    expect(await table.get(key)).toEqual({ ...key, b: 1, c: 1 });
    expect(await table.update(key, { a: null }, { set: { b: null }, remove: ['c'], add: { d: 1 } })).toEqual({
      ...key,
      d: 1,
    });
    expect(await table.update(key, { b: null }, { add: { d: 1 } })).toEqual({ ...key, d: 2 });
  });

  it('adds to sets in one write, where each has room or has it already', async () => {
    const table = await fresh();
    const rooms = [
      { attribute: 'rule:a', atMost: 2 },
      { attribute: 'account', atMost: 3 },
    ];
    expect(await table.addToSets(key, 'b', rooms)).toBe(true);
    expect(await table.addToSets(key, 'a', rooms)).toBe(true);
    expect(await table.addToSets(key, 'c', rooms)).toBe(false);
    expect(await table.addToSets(key, 'a', rooms)).toBe(true);
    expect(await table.get(key)).toEqual({ ...key, 'rule:a': ['a', 'b'], account: ['a', 'b'] });
    expect(await table.addToSets(key, 'c', [{ attribute: 'account', atMost: 3 }])).toBe(true);
    expect(await table.addToSets(key, 'd', [{ attribute: 'other', atMost: 1 }, ...rooms])).toBe(false);
    expect(await table.get(key)).toEqual({ ...key, 'rule:a': ['a', 'b'], account: ['a', 'b', 'c'] });
  });

  it('lists a partition by prefix, in order, all pages', async () => {
    const table = await fresh();
    const long = 'x'.repeat(300_000);
    for (const n of [3, 1, 2, 5, 4, 6]) await table.putIfAbsent({ pk: 'p', sk: `finding#${n}`, long });
    await table.putIfAbsent({ pk: 'p', sk: 'head' });
    await table.putIfAbsent({ pk: 'q', sk: 'finding#1' });
    expect((await table.query('p', 'finding#')).map(({ sk }) => sk)).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => `finding#${n}`),
    );
    expect(await table.query('p', '')).toHaveLength(7);
    expect(await table.query('nobody', '')).toEqual([]);
  });

  it('lists the keys of a state, and no longer when the state has changed', async () => {
    const table = await fresh();
    await table.putIfAbsent({ ...key, gsi: 'running' });
    await table.putIfAbsent({ pk: 'incident#b', sk: 'head', gsi: 'resting' });
    expect(await table.candidates('running')).toEqual([key]);
    await table.update(key, {}, { remove: ['gsi'] });
    expect(await table.candidates('running')).toEqual([]);
  });
});

type Step = (table: Table) => Promise<unknown>;

const attribute = fc.constantFrom('a', 'b', 'c');
const scalar = fc.constantFrom(null, true, 0, 1, 'x', 'y');
const where: fc.Arbitrary<Key> = fc.record({ pk: fc.constantFrom('p', 'q'), sk: fc.constantFrom('s#1', 's#2') });
const values = fc.dictionary(attribute, scalar, { noNullPrototype: true });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(where, values).map(
    ([at, set]): Step =>
      (table) =>
        table.putIfAbsent({ ...set, ...at } as Item),
  ),
  fc
    .tuple(where, values as fc.Arbitrary<Expect>, values, fc.constantFrom(0, 1, 2))
    .map(([at, expected, set, by]): Step => {
      const change: Change = { set: { ...set, z: 1 }, ...(by === 0 ? {} : { add: { n: by } }) };
      return (table) => table.update(at, expected, change);
    }),
  where.map(
    (at): Step =>
      (table) =>
        table.get(at),
  ),
  fc
    .tuple(where, fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .map(([at, text, one, other]): Step => {
      const rooms = [
        { attribute: 'set:1', atMost: one },
        { attribute: 'set:2', atMost: other },
      ];
      return (table) => table.addToSets(at, text, rooms);
    }),
  where.map(
    (at): Step =>
      (table) =>
        table.query(at.pk, 's#'),
  ),
);

it('the table in memory answers as the one on DynamoDB does', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const [one, other] = [memoryTable(), await onDynamo()];
      for (const take of steps) expect(await take(one)).toEqual(await take(other));
    }),
    { numRuns: process.env['FIREBREAK_FULL'] === '1' ? 200 : 15 },
  );
});
