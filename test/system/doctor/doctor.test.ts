import { readFileSync } from 'node:fs';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checks } from '../../../cli/doctor/checks.ts';
import { examine, exitCodeOf, type Looked } from '../../../cli/doctor/examine.ts';
import { connectStage, type StageConnection } from '../../../cli/stage.ts';
import { credentialsFor, rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { registryScanning } from '../../../sandbox/services/ecr/registryScanning.ts';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { guardDuty } from '../../../sandbox/services/guardduty/detector.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../../sandbox/snapshot.ts';
import { readWorld } from '../../../sandbox/world/read.ts';
import { environmentOf, firebreak } from '../firebreak.ts';
import { unused } from '../scan.ts';
import { openStage, type Stage } from '../stage.ts';
import { faults } from './faults.ts';
import { healthy } from './healthy.ts';
import { changeHead } from './planted.ts';

let stage: Stage;
let before: Snapshot;

beforeAll(async () => {
  stage = await openStage({ world: healthy });
  stage.scan(unused);
  // Guard and sweep have run, and what was scanned is contained.
  await stage.pass(360);
  before = takeSnapshot(stage.account);
});
beforeEach(() => restoreSnapshot(stage.account, before));
afterAll(() => stage[Symbol.asyncDispose]());

function connect(credentials = rootCredentials(stage.account)): Promise<StageConnection> {
  const { region, endpoint } = stage.account;
  const clock = { now: () => new Date(stage.account.clock.now()) };
  return connectStage({ stage: 'dev', client: { region, endpoint, credentials }, clock });
}
const notOk = (looked: readonly Looked[]) => looked.filter(({ state }) => state !== 'ok');

/** What docs/operations.md says that the command needs, as it is written there. */
function documented(): readonly string[] {
  const [, block = ''] =
    /`firebreak doctor` reads with these:\n\n```\n([^`]+)```/.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
  return block.split(/\s+/).filter((action) => action !== '');
}

let roles = 0;
/** A session that may do this and nothing else. */
function may(Action: readonly string[]) {
  roles += 1;
  const name = `reader-${roles}`;
  const Principal = { AWS: `arn:aws:iam::${stage.account.id}:root` };
  createRole(stage.account, {
    name,
    arn: `arn:aws:iam::${stage.account.id}:role/${name}`,
    trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
    policies: [
      {
        name: 'read',
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...Action], Resource: '*' }] },
      },
    ],
  });
  // Without its end: the client would compare a virtual time with the machine's.
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(stage.account, name, 'ann');
  return { accessKeyId, secretAccessKey, sessionToken };
}

describe('firebreak doctor', () => {
  it('finds everything in order: exit 0, a line each, in the order of the list', async () => {
    const ran = await firebreak(['doctor'], { env: environmentOf(stage.account) });
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(
      ran.out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ +/).slice(0, 2)),
    ).toEqual(checks.map(({ name }) => ['ok', name]));
  });

  it.each(faults)('names $name', async ({ plant, check, state = 'broken', seen, todo, also = [] }) => {
    await plant({ stage, connection: await connect() });
    const wrong = notOk(await examine(await connect(), checks));
    expect(wrong.map((one) => one.check).toSorted()).toEqual([check, ...also].toSorted());
    expect(wrong.find((one) => one.check === check)).toEqual({
      check,
      state,
      seen: expect.stringMatching(seen),
      todo: expect.stringMatching(todo),
    });
  });

  it('says that no rule set decides', async () => {
    const { region, endpoint } = stage.account;
    const client = new DynamoDBClient({ region, endpoint, credentials: rootCredentials(stage.account) });
    const TableName = stage.sandbox.stack.outputs['IncidentTableName'] ?? '';
    await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'ruleset' }, sk: { S: 'current' } } }));
    expect(notOk(await examine(await connect(), checks))).toEqual([
      {
        check: 'rules',
        state: 'broken',
        seen: expect.stringContaining('No rule set decides, so that incidents are held'),
        todo: expect.stringContaining('firebreak rules push rules --stage dev'),
      },
    ]);
  });

  it('tells scripts the same, with exit 1, and leaves out what it is told to', async () => {
    Object.assign(guardDuty(stage.account).detector ?? {}, { enabled: false });
    const env = environmentOf(stage.account);
    const told = await firebreak(['doctor', '--json'], { env });
    expect(told).toMatchObject({ exit: 1, err: `firebreak: stage dev: 2 broken, ${checks.length - 2} ok.\n` });
    const { version, stage: name, checks: looked } = JSON.parse(told.out);
    expect({ version, name, states: looked.map(({ state }: Looked) => state) }).toEqual({
      version: 1,
      name: 'dev',
      states: ['broken', 'ok', 'broken', ...checks.slice(3).map(() => 'ok')],
    });
    expect(Object.keys(looked[0])).toEqual(['check', 'state', 'seen', 'todo']);
    const skipped = ['--skip', 'guardduty', '--skip', 'guardduty-coverage'];
    const rest = await firebreak(['doctor', ...skipped], { env });
    expect(rest).toMatchObject({ exit: 0, err: '' });
    expect(rest.out).not.toContain('guardduty-coverage');
    expect(await firebreak(['doctor', '--skip', 'guarduty'], { env })).toEqual({
      exit: 2,
      out: '',
      err: 'firebreak: There is no check "guarduty": did you mean "guardduty"?\n',
    });
  });

  it('writes to no terminal what others wrote', async () => {
    guardDuty(stage.account).detector?.unhealthy.set('prod', 'Agent\u001b[2J\nok  all');
    const { out } = await firebreak(['doctor'], { env: environmentOf(stage.account) });
    expect(out).toContain('ECS prod (Agent\\u{1b}[2J ok all)');
    expect(out).not.toContain('\u001b');
  });
});

it('finds the shop of examples/ in order', async () => {
  const file = 'examples/shop.account.yaml';
  await using shop = await openStage({ world: readWorld(readFileSync(file, 'utf8'), file) });
  await shop.pass(360);
  const ran = await firebreak(['doctor'], { env: environmentOf(shop.account) });
  expect(ran).toMatchObject({ exit: 0, err: '' });
});

describe('without permission', () => {
  // In order, and everything is asked for: an incident is under way, and the repository itself says that it is scanned.
  beforeEach(async () => {
    const { account } = stage;
    registryScanning(account).is = { scanType: 'BASIC', rules: [] };
    for (const repository of repositories(account).values()) repository.scanOnPush = true;
    const runAt = new Date(account.clock.now()).toISOString();
    await changeHead({ stage, connection: await connect() }, { state: 'running', gsi: 'running', runAt });
  });

  it('needs what docs/operations.md names', async () => {
    expect(documented().length).toBeGreaterThan(15);
    const ran = await firebreak(['doctor'], { env: environmentOf(stage.account, may(documented())) });
    expect(ran).toMatchObject({ exit: 0, err: '' });
  });

  it('names each that is missing, goes on with the other checks, and says exit 2', async () => {
    for (const action of documented().filter((one) => one !== 'ssm:GetParameter')) {
      const looked = await examine(await connect(may(documented().filter((one) => one !== action))), checks);
      const wrong = notOk(looked);
      expect(wrong.map(({ state }) => state)).toEqual(wrong.map(() => 'unknown'));
      expect([action, exitCodeOf(looked), wrong[0]?.seen]).toEqual([action, 2, expect.stringContaining(action)]);
      expect(looked.length - wrong.length).toBeGreaterThan(10);
    }
  });

  it('is one sentence and exit 2 where the stage cannot be found', async () => {
    const denied = await firebreak(['doctor'], { env: environmentOf(stage.account, may(['sns:Publish'])) });
    expect(denied).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('may not read or change /firebreak/dev/stack'),
    });
    const none = await firebreak(['doctor', '--stage', 'prod'], { env: environmentOf(stage.account) });
    expect(none).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('There is no stage "prod"') });
    const { AWS_ENDPOINT_URL = '' } = environmentOf(stage.account);
    const nobody = await firebreak(['doctor', '--region', 'us-east-1'], { env: { AWS_ENDPOINT_URL } });
    expect(nobody).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('No AWS credentials were found') });
  });
});
