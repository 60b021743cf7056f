import { describe, expect, it } from 'vitest';
import { type Drilled, holdDrill } from '../../cli/drill/drill.ts';
import { connectStage, type StageConnection } from '../../cli/stage.ts';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { deleteRole } from '../../sandbox/iam/roles.ts';
import { guardDuty } from '../../sandbox/services/guardduty/detector.ts';
import { snsState } from '../../sandbox/services/sns/state.ts';
import { healthy } from './doctor/healthy.ts';
import { mapping, type Planted, physical, rule } from './doctor/planted.ts';
import { environmentOf, firebreak } from './firebreak.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

const type = 'CryptoCurrency:EC2/BitcoinTool.B!DNS';

/** A rule that would act on whatever GuardDuty finds. */
const threats = `name: threats
when: { source: [guardduty], severity: [{ numeric: [">=", 7] }] }
do: [evidence.capture]
mode: enforce
`;

const opened = (more: StageOptions = {}): Promise<Stage> => openStage({ world: healthy, rules: { threats }, ...more });

const removeRole = (at: Planted, logicalId: string): boolean => deleteRole(at.stage.account, physical(at, logicalId));

async function connected({ account }: Stage): Promise<StageConnection> {
  const { region, endpoint } = account;
  const client = { region, endpoint, credentials: rootCredentials(account) };
  const clock = { now: () => new Date(account.clock.now()) };
  return connectStage({ stage: 'dev', client, clock });
}

/** The account's own clock passes while the command waits. */
async function drilled(stage: Stage): Promise<Drilled> {
  return holdDrill(await connected(stage), { type, by: 'ana', pause: (ms) => stage.pass(ms / 1000) });
}

const stations = ({ stations: all }: Drilled): readonly string[] =>
  all.flatMap(({ station, at }) => (at === null ? [] : [station]));

describe('a drill', () => {
  it('goes the whole way, changes nothing, and is told once as a test', async () => {
    await using stage = await opened();
    const came = await drilled(stage);
    expect(stations(came)).toEqual(['asked', 'decided', 'told']);
    expect(came).toMatchObject({ todo: '', incident: expect.stringContaining('i-99999999') });
    expect(stage.told()).toMatchObject([
      {
        tier: 'notice',
        subject: expect.stringMatching(/^TEST, NO ACTION: /),
        body: expect.stringContaining('rule threats takes it'),
      },
    ]);
    expect(stage.receipts()).toEqual([]);
    // The same sample again, seen once more, is another drill.
    expect(stations(await drilled(stage))).toEqual(['asked', 'decided', 'told']);
    expect(stage.told()).toHaveLength(2);
  });

  it.each<[string, (at: Planted) => unknown, readonly string[], string]>([
    [
      'the rule lets nothing in',
      (at) => Object.assign(rule(at, 'ThreatFindingRule'), { enabled: false }),
      ['asked'],
      'event-rules',
    ],
    [
      'nobody reads the queue',
      (at) => Object.assign(mapping(at, 'ThreatFindingMapping'), { enabled: false }),
      ['asked'],
      'consumers',
    ],
    ['Decide has no role', (at) => removeRole(at, 'DecideRole'), ['asked'], 'roles'],
    ['Report has no role', (at) => removeRole(at, 'ReportRole'), ['asked', 'decided'], 'roles'],
    [
      'the topic is gone',
      ({ stage, connection }) => snsState(stage.account).topics.delete(connection.topics.notice),
      ['asked', 'decided'],
      'subscriptions-notice',
    ],
  ])('says how far it came and what is broken: %s', async (_what, plant, reached, check) => {
    await using stage = await opened();
    const connection = await connected(stage);
    plant({ stage, connection });
    const came = await holdDrill(connection, { type, by: 'ana', pause: (ms) => stage.pass(ms / 1000) });
    expect(stations(came)).toEqual(reached);
    expect(came.todo).not.toBe('');
    expect(came.broken.map((one) => one.check)).toContain(check);
    expect(came.broken.every(({ todo }) => todo !== '')).toBe(true);
  });

  it('is refused in one sentence where there is no detector, or it is suspended', async () => {
    await using stage = await opened();
    const run = () => firebreak(['drill'], { env: environmentOf(stage.account) });
    Object.assign(guardDuty(stage.account).detector ?? {}, { enabled: false });
    expect(await run()).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/^firebreak: Detector \S+ in \S+ is suspended[^\n]*\n$/),
    });
    guardDuty(stage.account).detector = undefined;
    expect(await run()).toMatchObject({ exit: 2, err: expect.stringContaining('GuardDuty has no detector in') });
  });
});
