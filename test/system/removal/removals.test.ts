import { describe, expect, it } from 'vitest';
import { sources } from '../sources.ts';
import { packaged } from '../stage.ts';
import { demo, failureWithout } from './failure.ts';
import { type Removal, type RemovalKind, removalsOf, without } from './removals.ts';

const removals = removalsOf(packaged);
/** Those of the guard and the channels have no source of events of their own behind them. */
const ofOthers = ['RuleEdit', 'GuardAgain', 'Channel'];
const mapped = removals
  .flatMap(({ name }) => /^(\w+)Mapping$/.exec(name)?.[1] ?? [])
  .filter((name) => !ofOthers.includes(name));

/** One of each kind; test/full takes away every one. */
const sample = {
  rule: 'GuardSchedule',
  pattern: 'ThreatFindingRule: pattern detail-type.1: GuardDuty Runtime Protection Unhealthy',
  target: 'ImageScanRule: target queue',
  mapping: 'ImageScanMapping',
  permission: 'ActRole: AnswerTokens',
  substitution: 'RemediationMachine: ActFunction',
  variable: 'DecideLambdaFunction: RESPONDER_ROLE',
  alarm: 'ImageScanDeadLetterAlarm',
  other: 'DigestSubscription',
} satisfies Record<RemovalKind, string>;

describe('what is taken away of the packaged template', () => {
  it('has a name of its own, and leaves a template that says one thing less', () => {
    expect(new Set(removals.map(({ name }) => name)).size).toBe(removals.length);
    const whole = JSON.stringify(packaged);
    for (const removal of removals) {
      const rest = JSON.stringify(without(packaged, removal));
      expect(rest.length, removal.name).toBeLessThan(whole.length);
    }
    expect(JSON.stringify(packaged)).toBe(whole);
  });

  it('is tried with an event of every source that the template has', () => {
    const known = sources.map(({ name }) => name.charAt(0).toUpperCase() + name.slice(1));
    expect(mapped.toSorted()).toEqual(known.toSorted());
  });

  it('is thought about for every type of resource', () => {
    const Resources = { ...packaged.Resources, Newcomer: { Type: 'AWS::Kinesis::Stream' } };
    expect(() => removalsOf({ ...packaged, Resources })).toThrow('What is to be taken away of AWS::Kinesis::Stream?');
  });

  it.each([
    ['a rule', 'SweepSchedule'],
    ['a target', 'RunEndedRule: target runEnded'],
    ['an alternative of a pattern', 'ImageScanRule: pattern $or.2.detail.resources.type.1: AWS_EC2_INSTANCE'],
    ['one of several actions', 'ReportRole: Incidents: dynamodb:Query'],
    ['one of several resources', 'ReportRole: SendMessages: DigestTopic'],
    ['one of several principals', 'ResponderRole: trust, statement: ActRole'],
    ['one of several statements', 'PageTopicPolicy: DeadLetterAlarms'],
    ['a policy of one statement', 'ImageScanQueuePolicy'],
    ['a variable that every function has', 'GuardLambdaFunction: STAGE'],
  ])('is %s', (_what, name) => {
    expect(removals.map((one) => one.name)).toContain(name);
  });
});

describe('with the whole template', () => {
  it.each(demo)(
    '$name ends as it should',
    async ({ failure }) => {
      expect(await failure(packaged)).toBeNull();
    },
    600_000,
  );
});

/** With everything, test/full/templateRemovals.test.ts takes away each. */
describe.skipIf(process.env['FIREBREAK_FULL'] === '1')(
  'the demo, or what must happen on the worst days, fails without',
  () => {
    const named = (kind: string, name: string): Removal | undefined =>
      removals.find((one) => one.kind === kind && one.name === name);

    it.each(Object.entries(sample))('a %s: %s', async (kind, name) => {
      const removal = named(kind, name);
      expect(removal).toBeDefined();
      if (removal !== undefined) expect(await failureWithout(removal)).not.toBeNull();
    });
  },
);
