import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultRule, faults } from '../../sandbox/faults/faults.ts';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { alarmsOf } from '../../sandbox/services/cloudwatch/alarms.ts';
import { eventsState } from '../../sandbox/services/eventbridge/state.ts';
import { eventSourceMappings } from '../../sandbox/services/lambda/eventSourceMapping.ts';
import { objectsOf } from '../../sandbox/services/s3/buckets.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../sandbox/snapshot.ts';
import { canaryKey, isCanary } from '../../shared/finding/canary.ts';
import { archivePrefix } from '../../shared/incident/archive.ts';
import { dynamoTable } from '../../shared/incident/dynamoTable.ts';
import { openHeads } from '../../shared/incident/openHeads.ts';
import { DynamoDBClient } from '../../shared/platform/sdk/dynamodb.ts';
import { pause } from '../../shared/respond/pause.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let before: Snapshot;
beforeAll(async () => {
  stage = await openStage({ canary: true });
  await stage.pass(420);
  before = takeSnapshot(stage.account);
});
beforeEach(() => restoreSnapshot(stage.account, before));
afterAll(() => stage[Symbol.asyncDispose]());

const alarm = (): string | undefined =>
  alarmsOf(stage.account).find(({ input }) => input.name === 'firebreak-dev-canary')?.state;
const table = () => {
  const { region, endpoint } = stage.account;
  const client = new DynamoDBClient({ region, endpoint, credentials: rootCredentials(stage.account) });
  return dynamoTable(client, stage.sandbox.stack.outputs['IncidentTableName'] ?? '');
};
/** Since the first one came. */
const toldSince = (told: number) =>
  stage
    .told()
    .slice(told)
    .map(({ tier, subject }) => `${tier}: ${subject}`);
const page = 'page: ALARM: "firebreak-dev-canary" in US East (N. Virginia)';

describe('the canary', () => {
  it('comes through every five minutes, and nothing is told, listed, recorded or archived of it', async () => {
    const [told, items] = [stage.told().length, stage.table().length];
    const runs = stage.executions().length;
    await stage.pass(3600);
    expect(stage.executions().length - runs).toBe(12);
    expect(stage.executions().every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(alarm()).toBe('OK');
    expect(toldSince(told)).toEqual([]);
    expect(stage.heads().map(({ incident, outcome }) => [incident, outcome])).toEqual([
      [canaryKey(stage.account.id, stage.account.region), 'ignored'],
    ]);
    expect(await openHeads(table())).toEqual([]);
    expect(stage.records()).toEqual([]);
    // Nothing piles up.
    expect(stage.table()).toHaveLength(items);
    const bucket = stage.sandbox.stack.outputs['EvidenceBucketName'] ?? '';
    expect(objectsOf(stage.account, bucket).filter(({ key }) => key.startsWith(archivePrefix))).toEqual([]);
  });

  it('comes through while everything is paused', async () => {
    const clock = { now: () => new Date(stage.account.clock.now()) };
    await pause({ table: table(), clock }, { target: null, by: 'ann', reason: 'a move', forMs: 3_600_000 });
    await stage.pass(1800);
    expect(alarm()).toBe('OK');
  });

  it('is asked for by nobody but EventBridge: an event that says that it is one is none', async () => {
    const runs = stage.executions().length;
    const { id: account, region } = stage.account;
    const time = new Date(stage.account.clock.now()).toISOString();
    const forged = { id: 'forged', 'detail-type': 'Scheduled Event', account, region, time, resources: [], detail: {} };
    for (const source of ['firebreak.canary', 'aws.events']) stage.deliver({ ...forged, source });
    await stage.pass(20);
    expect(stage.executions()).toHaveLength(runs);
  });
});

interface Broken {
  readonly what: string;
  /** Answers with how it is mended. */
  readonly breaks: () => () => unknown;
  /** Besides the page of the alarm. */
  readonly alsoTold?: readonly string[];
}

const faulty = (rule: FaultRule) => (): (() => unknown) => {
  const list = faults(stage.account);
  list.push(rule);
  return () => list.splice(0);
};
const crashes = (name: string) =>
  faulty(({ functionName }) => (functionName?.endsWith(`-${name}`) === true ? 'crash-before' : undefined));
const deadLetters = 'page: ALARM: "firebreak-dev-threat-finding-dead-letters" in US East (N. Virginia)';
const failedRuns = 'notice: ALARM: "firebreak-dev-failed-runs" in US East (N. Virginia)';

const broken: readonly Broken[] = [
  {
    what: 'the rule of EventBridge is disabled',
    breaks: () => {
      const name = stage.sandbox.stack.resources.get('ThreatFindingRule')?.ref ?? '';
      const rule = eventsState(stage.account).rules.get(name);
      if (rule === undefined) throw new Error('There is no rule');
      rule.enabled = false;
      return () => Object.assign(rule, { enabled: true });
    },
  },
  {
    what: 'nobody reads the queue',
    breaks: () => {
      const uuid = stage.sandbox.stack.resources.get('ThreatFindingMapping')?.ref;
      const mapping = eventSourceMappings(stage.account).find((one) => one.uuid === uuid);
      if (mapping === undefined) throw new Error('There is no mapping');
      mapping.enabled = false;
      return () => Object.assign(mapping, { enabled: true });
    },
  },
  // The fifth time that it cannot be handled, a canary is a dead letter as a finding would be.
  { what: 'intake dies', breaks: crashes('threatFinding'), alsoTold: [deadLetters] },
  {
    what: 'the table refuses intake',
    breaks: faulty(({ functionName, service }) =>
      functionName?.endsWith('-threatFinding') === true && service === 'dynamodb' ? 'denied' : undefined,
    ),
  },
  { what: 'Decide dies', breaks: crashes('decide'), alsoTold: [failedRuns] },
  { what: 'Report dies', breaks: crashes('report'), alsoTold: [failedRuns] },
  {
    what: 'the table refuses Decide',
    breaks: faulty(({ functionName, service }) =>
      functionName?.endsWith('-decide') === true && service === 'dynamodb' ? 'denied' : undefined,
    ),
    alsoTold: [failedRuns],
  },
  {
    what: 'the rules cannot be read',
    breaks: () => {
      // What is in memory is not asked for again.
      let isWarm = true;
      const mend = faulty(({ functionName, service, operation, target }) => {
        if (operation === 'Run' && target.endsWith('-decide') && isWarm) {
          isWarm = false;
          return 'crash-before';
        }
        return functionName?.endsWith('-decide') === true && service === 's3' && operation === 'GetObject'
          ? 'denied'
          : undefined;
      });
      return mend();
    },
    alsoTold: [failedRuns],
  },
];

describe('when the canary does not come through', () => {
  it.each(broken)(
    'because $what, one page says so after a quarter of an hour, and it is over when it does',
    async (one) => {
      const told = stage.told().length;
      const mend = one.breaks();
      await stage.pass(12 * 60);
      expect(alarm()).toBe('OK');
      await stage.pass(9 * 60);
      expect(alarm()).toBe('ALARM');
      await stage.pass(15 * 60);
      expect(toldSince(told).toSorted()).toEqual([...(one.alsoTold ?? []), page].toSorted());
      mend();
      await stage.pass(16 * 60);
      expect(alarm()).toBe('OK');
      expect(stage.heads().filter(({ incident }) => isCanary(incident))).toMatchObject([{ outcome: 'ignored' }]);
    },
  );
});
