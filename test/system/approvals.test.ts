import { describe, expect, it } from 'vitest';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { enforcing, incidentOf, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';
import { allowed, documented } from './whoMay.ts';

const asking = (terms: string): { readonly [name: string]: string } => ({
  enforcing: enforcing.replace('page: { held: notice }\n', `approval: { when: [always]${terms} }\n`),
});

const archives = ({ calls }: Stage): number => calls('ecr:UpdateImageStorageClass');

/** The commands as a person runs them. */
const commandsOn =
  (stage: Stage) =>
  (...args: readonly string[]): Promise<Ran> =>
    firebreak(args, { env: environmentOf(stage.account) });

/** What the page says to type, without the name of the command. */
function typed(stage: Stage, answer: 'Approve' | 'Reject'): readonly string[] {
  const line = new RegExp(`^${answer}: firebreak (.*?)( --reason .*)?$`, 'm').exec(stage.told().at(-1)?.body ?? '');
  return (line?.[1] ?? '').split(' ');
}

/** The hash in the first message. */
const firstAsked = (stage: Stage): string => /--plan ([0-9a-f]{12})/.exec(stage.told()[0]?.body ?? '')?.[1] ?? '';

async function asked(terms: string): Promise<Stage> {
  const stage = await openStage({ rules: asking(terms) });
  stage.scan(unused);
  // Not until all is at rest: a run that waits for an answer rests when its time is over.
  await stage.pass(60);
  return stage;
}

describe('what a rule wants approved', () => {
  it('is asked once, and done when somebody says yes, whoever says so again', async () => {
    await using stage = await asked('');
    const run = commandsOn(stage);
    expect(stage.head(unused)).toMatchObject({ state: 'resting', outcome: 'held', stops: [{ kind: 'approval' }] });
    expect(archives(stage)).toBe(0);
    expect(stage.told()).toMatchObject([{ tier: 'page', subject: expect.stringContaining('waits for your approval') }]);

    const shown = await run('approve', 'checkout-api');
    expect(shown).toMatchObject({ exit: 1, err: expect.stringContaining('Nothing was decided') });
    expect(shown.out).toContain('It would: ');
    expect(archives(stage)).toBe(0);

    const [yes, again] = await Promise.all([run(...typed(stage, 'Approve')), run(...typed(stage, 'Approve'))]);
    expect([yes.exit, again.exit]).toEqual([0, 0]);
    await stage.settle();
    expect(stage.head(unused)).toMatchObject({ outcome: 'contained', stops: null });
    expect(archives(stage)).toBe(1);
    expect(stage.told().map(({ tier }) => tier)).toEqual(['page', 'digest']);
    expect(stage.told().at(-1)?.body).toMatch(/Approved by .*: no reason was given/);
    expect(stage.table().filter(({ sk }) => sk.startsWith('decision#'))).toHaveLength(1);

    const late = await run('reject', incidentOf(unused), '--plan', firstAsked(stage), '--reason', 'too late');
    expect(late).toMatchObject({ exit: 1, err: expect.stringContaining('approved already, and that stands') });
  });

  it('is not done when somebody says no, nor later, nor asked again', async () => {
    await using stage = await asked(', timeout: PT10M, onTimeout: proceed');
    const run = commandsOn(stage);
    expect(await run(...typed(stage, 'Reject'))).toMatchObject({ exit: 2, err: expect.stringContaining('Say why') });
    const no = await run(...typed(stage, 'Reject'), '--reason', 'a base image of ours', '--by', 'ana');
    expect(no).toMatchObject({ exit: 0, out: expect.stringContaining('is rejected') });
    await stage.pass(60);
    expect(stage.told().at(-1)).toMatchObject({ tier: 'notice', subject: expect.stringContaining('rejected') });
    await stage.pass(3600);
    stage.scan(unused, { counts: { CRITICAL: 13 } });
    await stage.pass(3600);
    expect(archives(stage)).toBe(0);
    expect(stage.told()).toHaveLength(2);
    expect(stage.head(unused)).toMatchObject({ outcome: 'held', stops: null });
  });

  it.each([
    { onTimeout: 'proceed', done: 1, outcome: 'contained', says: /without an answer/ },
    { onTimeout: 'minimum', done: 0, outcome: 'held', says: /Nobody had answered by/ },
    { onTimeout: 'hold', done: 0, outcome: 'held', says: /Nobody had answered by/ },
  ])('is, when nobody answers in time, as the rule says: $onTimeout', async ({ onTimeout, done, outcome, says }) => {
    await using stage = await asked(`, timeout: PT7M, onTimeout: ${onTimeout}`);
    expect(stage.told().at(-1)?.body).toMatch(/If nobody answers by 2026-11-20T02:0\d:\d\d/);
    await stage.pass(5 * 60 + 30);
    expect(stage.told()).toHaveLength(1);
    // Not with the sweep of all, every five minutes: to the second.
    await stage.pass(75);
    expect(archives(stage)).toBe(done);
    expect(stage.head(unused)).toMatchObject({ outcome });
    expect(stage.told().at(-1)?.body).toMatch(says);
    expect(stage.told()).toHaveLength(2);
    await stage.pass(3600);
    expect(stage.told()).toHaveLength(2);
  });

  it('can still be approved when its time is over', async () => {
    await using stage = await asked(', timeout: PT7M');
    await stage.pass(600);
    expect(stage.told().at(-1)?.subject).toContain('held, nobody answered');
    expect((await commandsOn(stage)(...typed(stage, 'Approve'))).exit).toBe(0);
    await stage.settle();
    expect(stage.head(unused)).toMatchObject({ outcome: 'contained' });
  });
});

it('who may approve and reject needs what docs/operations.md names, and nothing else', async () => {
  await using stage = await asked('');
  expect(documented('approve')).toEqual(documented('reject'));
  const needed = ['ssm:GetParameter', ...documented('hold'), ...documented('contain'), ...documented('approve')];
  const body = allowed(
    stage,
    'no-body',
    needed.filter((action) => action !== 's3:GetObject'),
  );
  const plan = ['--plan', firstAsked(stage), '--reason', 'x', '--by', 'ann'];
  expect(await body('approve', 'checkout-api', ...plan)).toMatchObject({ exit: 2, out: '' });
  const may = allowed(stage, 'may-answer', needed);
  expect(await may('approve', 'checkout-api', ...plan)).toMatchObject({ exit: 0, err: '' });
  await stage.settle();
  expect(stage.head(unused)).toMatchObject({ outcome: 'contained', stops: null });
});
