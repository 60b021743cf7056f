import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { type EmbeddedAccount, openAccount } from '../../sandbox/sandbox.ts';
import { createTable } from '../../sandbox/services/dynamodb/tables.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import type { Budget } from '../../shared/actions/contract.ts';
import { nextHour, roomIn, takeBudgets } from '../../shared/incident/budgets.ts';
import { dynamoTable } from '../../shared/incident/dynamoTable.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import type { Table } from '../../shared/incident/table.ts';
import { DynamoDBClient } from '../../shared/platform/sdk/dynamodb.ts';

const definition = {
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
};

let server: Server;
let embedded: EmbeddedAccount;
const clients: DynamoDBClient[] = [];
let made = 0;

/** A thousand calls at once wait for each other in the client, which it would warn about. */
const requestHandler = { socketAcquisitionWarningTimeout: 600_000 };

const clientOf = (config: DynamoDBClientConfig): DynamoDBClient => {
  const client = new DynamoDBClient({ ...config, requestHandler });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  embedded = await openAccount({ world: worldSchema.parse({}) });
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  server.close();
  await embedded.close();
});

async function onDynalite(): Promise<Table> {
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = clientOf({ region: 'us-east-1', endpoint: `http://127.0.0.1:${port}`, credentials });
  made += 1;
  const TableName = `incidents-${made}`;
  await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...definition }));
  // Made at once, and active a moment later.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return dynamoTable(client, TableName);
}

async function onSandbox(): Promise<Table> {
  const { account, door } = embedded;
  made += 1;
  const name = `incidents-${made}`;
  const { AttributeDefinitions: attributeDefinitions, KeySchema: keySchema } = definition;
  createTable(account, { name, attributeDefinitions, keySchema });
  const credentials = rootCredentials(account);
  return dynamoTable(clientOf({ region: account.region, endpoint: door.endpoint, credentials }), name);
}

const budget = (scope: string, atMost: number): Budget => ({ scope, atMost, says: `${scope}: ${atMost} an hour` });
const by = (step: string, run = 'run') => ({ step, incident: 'incident', run });
const account = budget('account', 8);
const rule = budget('rule:a', 5);
const now = new Date('2026-11-20T09:59:00.000Z');

describe.each([
  ['in memory', 1000, async () => memoryTable()],
  ['on DynamoDB', 200, onDynalite],
  ["on the sandbox's DynamoDB", 1000, onSandbox],
] as const)('budgets %s', (_where, count, fresh) => {
  it(`let exactly as many through as they hold, of ${count} at once, and of each that is repeated one`, {
    timeout: 60_000,
  }, async () => {
    const table = await fresh();
    const step = (n: number): string => `step ${n % (count / 2)}`;
    const all = Array.from({ length: count }, (_, n) => takeBudgets(table, by(step(n)), [account, rule], now));
    const taken = (await Promise.all(all)).flatMap((spent, n) => (spent.length === 0 ? [step(n)] : []));
    expect(new Set(taken).size).toBe(5);
    const room = await roomIn(table, now);
    expect([room(rule), room(account)]).toEqual([0, 3]);
    for (const one of new Set(taken)) expect(await takeBudgets(table, by(one), [account, rule], now)).toEqual([]);
  });

  it('that refuse leave nothing in the others', async () => {
    const table = await fresh();
    const other = budget('rule:b', 1);
    expect(await takeBudgets(table, by('one'), [account, other], now)).toEqual([]);
    for (const step of ['two', 'three', 'four']) {
      expect(await takeBudgets(table, by(step), [account, rule, other], now)).toEqual([other]);
    }
    const room = await roomIn(table, now);
    expect([room(account), room(rule), room(other)]).toEqual([7, 5, 0]);
  });
});

describe('a budget', () => {
  it('is whole again when the clock hour is over', async () => {
    const table = memoryTable();
    const one = budget('rule:a', 1);
    expect(await takeBudgets(table, by('one'), [one], now)).toEqual([]);
    expect(await takeBudgets(table, by('two'), [one], now)).toEqual([one]);
    expect(nextHour(now)).toBe('2026-11-20T10:00:00.000Z');
    expect(await takeBudgets(table, by('two'), [one], new Date(nextHour(now)))).toEqual([]);
    expect(nextHour(new Date(nextHour(now)))).toBe('2026-11-20T11:00:00.000Z');
  });

  it('counts the changes of one target, and not the targets: those of another run, or of another incident, are others', async () => {
    const table = memoryTable();
    const one = budget('rule:a:service:x', 2);
    for (const _again of [1, 2]) expect(await takeBudgets(table, by('one', 'first'), [one], now)).toEqual([]);
    expect(await takeBudgets(table, by('one', 'second'), [one], now)).toEqual([]);
    expect(await takeBudgets(table, by('one', 'third'), [one], now)).toEqual([one]);
    expect(await takeBudgets(table, { ...by('one', 'first'), incident: 'other' }, [one], now)).toEqual([one]);
  });

  it('is not asked for where there is none', async () => {
    const table = { ...memoryTable(), addToSets: () => Promise.reject(new Error('asked')) };
    expect(await takeBudgets(table, by('one'), [], now)).toEqual([]);
  });
});
