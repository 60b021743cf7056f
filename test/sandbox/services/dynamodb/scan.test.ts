import {
  type AttributeValue,
  DynamoDBClient,
  ListTablesCommand,
  paginateListTables,
  paginateScan,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { dynamodbService } from '../../../../sandbox/services/dynamodb/service.ts';
import { createTable } from '../../../../sandbox/services/dynamodb/tables.ts';
import { invoke } from '../../invoke.ts';
import { openWire, type Wire } from '../openWire.ts';
import { clientOptions, policyOf } from '../throughDoor.ts';
import { incidentsTable } from './table.ts';

const TableName = 'incidents';
let wire: Wire;
let client: DynamoDBClient;
beforeEach(async () => {
  wire = await openWire(dynamodbService);
  client = new DynamoDBClient(wire.config);
  createTable(wire.account, incidentsTable);
});
afterEach(async () => {
  client.destroy();
  await wire.close();
});

const put = (Item: Record<string, AttributeValue>) =>
  invoke(dynamodbService, 'PutItem', { TableName, Item }, {
    account: wire.account,
    principal: { kind: 'root', arn: 'arn:aws:iam::123456789012:root' },
  } as never);
const scan = (input: object = {}) => client.send(new ScanCommand({ TableName, ...input }));
const idsIn = (items: readonly Record<string, AttributeValue>[] = []): readonly (string | undefined)[] =>
  items.map(({ pk }) => pk?.S).toSorted();

const letters = ['a', 'b', 'c', 'd', 'e'] as const;
/** Five items, of which the index `by-g` has those with an even `n`. */
async function fill(): Promise<void> {
  for (const [n, pk] of letters.entries()) {
    const g = n % 2 === 0 ? { g: { S: 'even' } } : {};
    await put({ pk: { S: pk }, sk: { S: 'head' }, n: { N: String(n) }, list: { L: [{ S: 'x' }] }, ...g });
  }
}

describe('Scan', () => {
  it('finds every item once, however small the pages', async () => {
    await fill();
    expect(idsIn((await scan()).Items)).toEqual(letters);
    const pages: number[] = [];
    const all: Record<string, AttributeValue>[] = [];
    for await (const { Items = [], Count } of paginateScan({ client, pageSize: 2 }, { TableName })) {
      pages.push(Count ?? -1);
      all.push(...Items);
    }
    expect(pages).toEqual([2, 2, 1]);
    expect(idsIn(all)).toEqual(letters);
  });

  it('filters after it has read: Limit counts what was read', async () => {
    await fill();
    const filter = { FilterExpression: 'n >= :n', ExpressionAttributeValues: { ':n': { N: '3' } } };
    expect(await scan(filter)).toMatchObject({ Count: 2, ScannedCount: 5 });
    expect(idsIn((await scan(filter)).Items)).toEqual(['d', 'e']);
    const found: Record<string, AttributeValue>[] = [];
    let read = 0;
    for await (const page of paginateScan({ client, pageSize: 1 }, { TableName, ...filter })) {
      read += page.ScannedCount ?? 0;
      found.push(...(page.Items ?? []));
    }
    expect(read).toBe(5);
    expect(idsIn(found)).toEqual(['d', 'e']);
  });

  it('projects, and counts without items', async () => {
    await fill();
    const projection = { ProjectionExpression: 'pk, #l[0]', ExpressionAttributeNames: { '#l': 'list' } };
    expect((await scan(projection)).Items).toContainEqual({ pk: { S: 'a' }, list: { L: [{ S: 'x' }] } });
    const counted = await scan({ Select: 'COUNT' });
    expect(counted).toMatchObject({ Count: 5, ScannedCount: 5 });
    expect(counted.Items).toBeUndefined();
  });

  it('reads an index, where an item without its key is not', async () => {
    await fill();
    expect(idsIn((await scan({ IndexName: 'by-g' })).Items)).toEqual(['a', 'c', 'e']);
    const pages: number[] = [];
    for await (const { Count } of paginateScan({ client, pageSize: 2 }, { TableName, IndexName: 'by-g' })) {
      pages.push(Count ?? -1);
    }
    expect(pages).toEqual([2, 1]);
  });

  it('ends a page at 1 MB, whatever a filter leaves of it', async () => {
    const text = { S: 'x'.repeat(300_000) };
    for (const pk of letters) await put({ pk: { S: pk }, sk: { S: 'head' }, text });
    const none = { FilterExpression: 'attribute_exists(nothing)' };
    const first = await scan(none);
    expect(first).toMatchObject({ Count: 0, ScannedCount: 4 });
    const second = await scan({ ...none, ExclusiveStartKey: first.LastEvaluatedKey });
    expect(second).toMatchObject({ Count: 0, ScannedCount: 1 });
    expect(second.LastEvaluatedKey).toBeUndefined();
  });

  it('shares the table out to segments', async () => {
    await fill();
    const segments = await Promise.all([0, 1, 2].map((Segment) => scan({ Segment, TotalSegments: 3 })));
    expect(idsIn(segments.flatMap(({ Items = [] }) => Items))).toEqual(letters);
  });

  it.each([
    ['no such table', { TableName: 'other' }, 'ResourceNotFoundException'],
    ['no such index', { IndexName: 'by-x' }, 'ValidationException'],
    ['a consistent read of an index', { IndexName: 'by-g', ConsistentRead: true }, 'ValidationException'],
    ['a limit of nothing', { Limit: 0 }, 'ValidationException'],
    ['a value that nothing uses', { ExpressionAttributeValues: { ':n': { N: '3' } } }, 'ValidationException'],
    ['a start that is no key', { ExclusiveStartKey: { pk: { S: 'a' } } }, 'ValidationException'],
    ['a segment of none', { Segment: 0 }, 'ValidationException'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(scan(input)).rejects.toMatchObject({ name });
  });

  it('asks IAM about the index when one is read, and not about its table', async () => {
    const { account } = wire;
    const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/incidents';
    createRole(account, {
      name: 'Reader',
      arn: 'arn:aws:iam::123456789012:role/Reader',
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }),
      policies: [{ name: 'p', document: policyOf({ Effect: 'Allow', Action: 'dynamodb:*', Resource: table }) }],
    });
    const reader = new DynamoDBClient(clientOptions(account, credentialsFor(account, 'Reader', 'test')));
    const denied = { name: 'AccessDeniedException' };
    await expect(reader.send(new ScanCommand({ TableName }))).resolves.toBeDefined();
    await expect(reader.send(new ScanCommand({ TableName, IndexName: 'by-g' }))).rejects.toMatchObject(denied);
    await expect(reader.send(new ListTablesCommand({}))).rejects.toMatchObject(denied);
    reader.destroy();
  });
});

describe('ListTables', () => {
  it('lists by name, page by page', async () => {
    for (const name of ['orders', 'carts']) createTable(wire.account, { ...incidentsTable, name });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['carts', 'incidents', 'orders']);
    const pages: string[][] = [];
    for await (const { TableNames = [] } of paginateListTables({ client, pageSize: 2 }, {})) pages.push(TableNames);
    expect(pages).toEqual([['carts', 'incidents'], ['orders']]);
    const whole = await client.send(new ListTablesCommand({ Limit: 3 }));
    expect(whole.LastEvaluatedTableName).toBeUndefined();
    await expect(client.send(new ListTablesCommand({ Limit: 101 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
