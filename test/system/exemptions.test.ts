import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { plain, plainImages } from './plainImages.ts';
import { enforcing, incidentOf } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

type Letter = Parameters<typeof plain>[0];
const dayMs = 86_400_000;

/** Exemptions on a deployed stage, from Parameter Store to what people read. */
describe('exemptions, on a deployed stage', () => {
  let stage: Stage;
  let run: (...args: readonly string[]) => Promise<Ran>;
  const inDays = (days: number) => new Date(stage.account.clock.now() + days * dayMs).toISOString();
  const put = (name: string, letter: Letter, days: number, more = '') =>
    putParameter(stage.account, {
      name: `/firebreak/dev/exemptions/${name}`,
      value: `name: ${name}\nwhen: { resource: { repository: [${plain(letter).repository}] } }\nowner: team ${letter}\nreason: known\nexpires: ${inDays(days)}\n${more}`,
    });
  const contained = () => stage.calls('ecr:UpdateImageStorageClass');
  const notices = () => stage.told().filter(({ subject }) => subject.startsWith('NO ACTION: exemptions'));

  beforeAll(async () => {
    stage = await openStage({
      world: plainImages,
      rules: { enforcing: enforcing.replace('page: { held: notice }', 'page: { contained: page }') },
    });
    run = (...args) => firebreak(args, { env: environmentOf(stage.account) });
    put('quiet', 'a', 60, 'scope: paging\n');
    put('stays', 'b', 6, 'rules: [enforcing]\n');
    put('unused', 'c', 60, 'actions: [ecr.quarantine-image]\n');
    await stage.pass(121);
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('are announced a week ahead, once', async () => {
    expect(notices()).toMatchObject([{ tier: 'notice', subject: 'NO ACTION: exemptions end soon, Firebreak dev' }]);
    expect(notices()[0]?.body).toMatch(/stays of team b ends .*: known/);
    expect(notices()[0]?.body).not.toContain('quiet');
    await stage.pass(300);
    expect(notices()).toHaveLength(1);
  });

  it('from paging: all is done, and nobody is woken', async () => {
    stage.scan(plain('a'));
    stage.scan(plain('d'));
    await stage.pass(300);
    const told = (letter: Letter) =>
      stage
        .told()
        .filter(({ subject }) => subject.includes(plain(letter).repository))
        .map(({ tier }) => tier);
    expect([told('a'), told('d')]).toEqual([['notice'], ['page']]);
    expect([stage.head(plain('a')).outcome, stage.head(plain('d')).outcome]).toEqual(['contained', 'contained']);
  });

  it('from the one rule: nothing is done, and it is said why', async () => {
    const before = contained();
    stage.scan(plain('b'));
    await stage.pass(300);
    expect([contained(), stage.head(plain('b')).outcome]).toEqual([before, 'ignored']);
    const shown = await run('incidents', 'show', incidentOf(plain('b')));
    expect(shown.out).toMatch(/Exempted: stays of team b takes ".*" out of rule enforcing: known/);
    const { plan } = JSON.parse((await run('incidents', 'show', incidentOf(plain('b')), '--json')).out);
    expect(plan.exempted).toMatchObject([{ name: 'stays', takes: 'rule', rule: 'enforcing', owner: 'team b' }]);
  });

  it('are listed with what they were good for, a repeat counted once', async () => {
    stage.scan(plain('b'), {}, 2);
    await stage.pass(300);
    const { exit, out, err } = await run('exemptions', 'list', '--json');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      ruleset: { number: expect.any(Number) },
      exemptions: [
        { name: 'quiet', state: 'in-force', scope: 'paging', rules: null, incidents: 1 },
        { name: 'stays', rules: ['enforcing'], actions: null, incidents: 1 },
        { name: 'unused', actions: ['ecr.quarantine-image'], incidents: 0, firstUsedAt: null, lastUsedAt: null },
      ],
    });
    expect((await run('exemptions')).out).toMatch(
      /^quiet {2}until .*Z {2}paging {2}used in 1 incident, last .*\n {2}team a: known\nstays {2}END(S|ED) .*Z {2}all of enforcing {2}used in 1 incident, last [\s\S]*\nunused .* never used\n/,
    );
  });

  it('that end too late, or name no rule, are refused as a whole, with the place, while the last set decides', async () => {
    put('late', 'c', 91);
    await stage.pass(61);
    const refused = () =>
      stage
        .told()
        .filter(({ subject }) => subject.includes('rule edit refused'))
        .at(-1)?.body ?? '';
    expect(refused()).toMatch(/exemptions\/late:5:1 "expires" lies more than 90 days ahead/);
    put('late', 'c', 89, 'rules: [enforcin]\n');
    await stage.pass(61);
    expect(refused()).toMatch(/exemptions\/late:6:9 there is no rule "enforcin"; did you mean "enforcing"\?/);
    stage.scan(plain('e'));
    await stage.pass(300);
    expect(stage.head(plain('e')).outcome).toBe('contained');
  });
});
