import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { plain, plainImages } from './plainImages.ts';
import { accessDenied, refuse, relent } from './refusals.ts';
import type { Image } from './scan.ts';
import { openStage, type Stage, type Told } from './stage.ts';

let stage: Stage;
let table: { readonly client: DynamoDBClient; readonly TableName: string };
beforeAll(async () => {
  stage = await openStage({ world: plainImages });
  const { account, sandbox } = stage;
  const { region, endpoint } = account;
  const client = new DynamoDBClient({ region, endpoint, credentials: rootCredentials(account) });
  table = { client, TableName: sandbox.stack.outputs['IncidentTableName'] ?? '' };
});
afterAll(() => stage[Symbol.asyncDispose]());

const Key = { pk: { S: 'ruleset' }, sk: { S: 'current' } };
const minutes = (n: number) => stage.pass(n * 60);
const noParameters = { from: 'guard', operation: 'GetParametersByPath' };

/** What is said from now until a scan of the image is settled: within the minute, because a guard that fails never rests. */
async function toldOfScan(image: Image, critical = 12): Promise<readonly Told[]> {
  const before = stage.told().length;
  stage.scan(image, { counts: { CRITICAL: critical } });
  await stage.pass(30);
  return stage.told().slice(before);
}

async function expectHeld(image: Image, reason: string): Promise<void> {
  const made = stage.calls('ecr:UpdateImageStorageClass');
  const [page, ...more] = await toldOfScan(image);
  expect(more).toEqual([]);
  expect(page).toMatchObject({ tier: 'page', subject: expect.stringMatching(/^GET UP: .* held, needs you,/) });
  expect(page?.body).toContain(`No rules, so nothing was changed: ${reason}`);
  expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'held' });
  expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(made);
  expect(stage.statuses(image.repository)).toEqual({ [image.digest]: 'ACTIVE' });
}

describe('Parameter Store denied to the guard', () => {
  it('leaves the last set in force, and the owner is told within a quarter of an hour', async () => {
    refuse(stage, noParameters, accessDenied);
    await minutes(15);
    expect(stage.told().map(({ tier, subject }) => `${tier} ${subject}`)).toEqual([
      expect.stringContaining('notice ALARM: "firebreak-dev-guard-errors"'),
    ]);
    expect((await toldOfScan(plain('a'))).map(({ tier }) => tier)).toEqual(['digest']);
    expect(stage.head(plain('a')).outcome).toBe('contained');
  });

  it('with no set published, holds and pages; with one again, decides', async () => {
    await table.client.send(new DeleteItemCommand({ ...table, Key }));
    await expectHeld(plain('b'), 'No rule set has been published yet.');
    relent(stage);
    await minutes(2);
    await toldOfScan(plain('b'), 13);
    expect(stage.head(plain('b')).outcome).toBe('contained');
  });
});

describe('a published set that somebody has spoilt', () => {
  it('decides nothing, and the owner is told again', async () => {
    await minutes(15);
    const told = stage.told().length;
    await table.client.send(new PutItemCommand({ ...table, Item: { ...Key, hash: { N: '5' } } }));
    await expectHeld(plain('c'), 'The published rule set is not readable.');
    await minutes(15);
    expect(
      stage
        .told()
        .slice(told + 1)
        .map(({ tier, subject }) => `${tier} ${subject}`),
    ).toEqual([expect.stringContaining('notice ALARM: "firebreak-dev-guard-errors"')]);
  });
});
