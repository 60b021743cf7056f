import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsState } from '../../sandbox/services/eventbridge/state.ts';
import { deleteParameter } from '../../sandbox/services/ssm/deleteParameter.ts';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { keepRates } from '../../sandbox/services/ssm/rates.ts';
import { latest, ssmState } from '../../sandbox/services/ssm/state.ts';
import { enforcing } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const path = '/firebreak/dev';
const put = ({ account }: Stage, name: string, value: string): void =>
  void putParameter(account, { name: `${path}/${name}`, value });
const read = ({ account }: Stage, name: string): string | undefined => {
  const parameter = ssmState(account).parameters.get(`${path}/${name}`);
  return parameter === undefined ? undefined : latest(parameter).value;
};
const current = (stage: Stage) => stage.table().find(({ pk, sk }) => pk === 'ruleset' && sk === 'current');
const number = (stage: Stage): unknown => current(stage)?.['number'];
const notices = (stage: Stage) => stage.told().filter(({ tier }) => tier === 'notice');

/** Until a set of another number decides; in virtual seconds, at most two minutes. */
async function secondsUntilPublished(stage: Stage): Promise<number> {
  const before = number(stage);
  for (let seconds = 1; seconds <= 120; seconds += 1) {
    await stage.pass(1);
    if (number(stage) !== before) return seconds;
  }
  return Number.POSITIVE_INFINITY;
}

describe('an edit in Parameter Store', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('is live within a minute, by its event', async () => {
    put(stage, 'rules/enforcing', enforcing.replace('mode: enforce', 'mode: observe'));
    expect(await secondsUntilPublished(stage)).toBeLessThanOrEqual(15);
  });

  it.each([0, 7, 13, 29, 31, 44, 58])(
    'is live within a minute although its event is lost, %i seconds past the last look',
    async (after) => {
      await stage.pass(60 - ((stage.sandbox.clock.now() / 1000) % 60) + after);
      const { delivery } = eventsState(stage.account);
      delivery.lostPercent = 100;
      put(stage, 'rules/enforcing', enforcing.replace('mode: enforce', `mode: enforce\norder: ${after}`));
      delivery.lostPercent = 0;
      expect(await secondsUntilPublished(stage)).toBeLessThanOrEqual(60);
    },
  );

  it('with a typo is refused, with a notice that names the line, while the last set goes on deciding', async () => {
    const before = current(stage);
    put(stage, 'rules/enforcing', enforcing.replace('do:', 'doo:'));
    await stage.pass(60);
    expect(current(stage)).toEqual(before);
    expect(notices(stage).at(-1)).toMatchObject({ subject: 'NO ACTION: rule edit refused, Firebreak dev' });
    expect(notices(stage).at(-1)?.body).toMatch(/rules\/enforcing:\d+:1 "doo" is not a key here; did you mean "do"\?/);
    expect(read(stage, 'status')).toContain('The last edit was not published.');
    put(stage, 'rules/enforcing', enforcing);
    await stage.pass(60);
  });

  it('that takes a rule away is live, and noticed', async () => {
    put(stage, 'rules/second', enforcing.replace('name: enforcing', 'name: second'));
    await stage.pass(60);
    const before = notices(stage).length;
    deleteParameter.run({ Name: `${path}/rules/second` } as never, { account: stage.account } as never);
    expect(await secondsUntilPublished(stage)).toBeLessThanOrEqual(60);
    await stage.pass(60);
    expect(notices(stage).slice(before)).toMatchObject([
      { subject: 'NO ACTION: rules removed, Firebreak dev', body: expect.stringContaining('rule second is gone') },
    ]);
  });

  it('that may do harm waits, and is told once', async () => {
    const before = [number(stage), notices(stage).length] as const;
    put(stage, 'rules/enforcing', enforcing.replace(/when:[\s\S]*?do:/, 'when:\n  source: [{ exists: true }]\ndo:'));
    await stage.pass(180);
    expect(number(stage)).toBe(before[0]);
    expect(notices(stage).slice(before[1])).toMatchObject([
      { subject: 'NO ACTION: rule edit waits for your approval, Firebreak dev' },
    ]);
    expect(read(stage, 'status')).toContain('firebreak rules approve ');
  });
});

describe('the shipped pack', () => {
  it('is put into Parameter Store as fast as it takes it, labelled, and left alone afterwards', async () => {
    await using stage = await openStage({ rules: {} });
    keepRates(stage.account, 'standard');
    await stage.pass(120);
    const names = [...ssmState(stage.account).parameters.keys()].filter((name) => name.startsWith(`${path}/rules/`));
    expect(names.length).toBeGreaterThan(10);
    expect(Object.keys((current(stage)?.['versions'] ?? {}) as object).filter((name) => names.includes(name))).toEqual(
      names.sort(),
    );
    for (const name of names) {
      expect(latest(ssmState(stage.account).parameters.get(name) as never).labels.has('active'), name).toBe(true);
    }
    const calls = stage.calls('ssm:PutParameter');
    await stage.pass(600);
    expect(stage.calls('ssm:PutParameter')).toBe(calls);
  });
});
