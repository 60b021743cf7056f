import { expect, it } from 'vitest';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { incidentOf, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';
import { allowed, documented } from './whoMay.ts';

const key = incidentOf(unused);

const commandsOn =
  (stage: Stage) =>
  (...args: readonly string[]): Promise<Ran> =>
    firebreak(args, { env: environmentOf(stage.account) });

const isOneSentence = ({ err }: Ran): boolean => /^firebreak: [^\n]+\n$/.test(err);

it('what nobody can hold or contain is refused in one sentence', async () => {
  await using stage = await openStage();
  const run = commandsOn(stage);
  for (const args of [
    ['hold', 'nothing', '--for', '1h', '--reason', 'x'],
    ['contain', 'nothing'],
  ]) {
    const ran = await run(...args);
    expect(ran).toMatchObject({ exit: 1, out: '', err: expect.stringContaining('There is no incident "nothing"') });
    expect(isOneSentence(ran)).toBe(true);
  }
  stage.scan(unused);
  await stage.settle();
  const none = await run('contain', key);
  expect(none).toMatchObject({ exit: 1, out: '', err: expect.stringContaining('no undo of it is held to') });
  expect(isOneSentence(none)).toBe(true);
  const long = await run('hold', key, '--for', '8d', '--reason', 'x');
  expect(long).toMatchObject({ exit: 2, err: expect.stringContaining('longer than 7 days') });
  expect(stage.table().filter(({ sk }) => sk.startsWith('decision#'))).toEqual([]);
});

it('an undo warns while what was found is open; contain takes it back, and the image is archived again', async () => {
  await using stage = await openStage();
  const run = commandsOn(stage);
  stage.scan(unused);
  await stage.settle();
  const undone = await run('undo', unused.repository, '--by', 'ann', '--reason', 'a false alarm');
  expect(undone.exit).toBe(0);
  expect(undone.err).toMatch(/^firebreak: What was found is still open: [^\n]+\n$/);
  await stage.settle();
  expect(stage.statuses(unused.repository)[unused.digest]).toBe('ACTIVE');
  const said = stage.told().length;
  // A scan in that time is held, and says how to take the undo back.
  await stage.pass(3600);
  stage.scan(unused, { counts: { CRITICAL: 13 } });
  await stage.settle();
  expect(stage.told().at(-1)?.body).toContain(`firebreak contain ${key} --stage dev`);
  expect(stage.told()).toHaveLength(said + 1);

  const again = await run('contain', unused.repository, '--reason', 'it was none', '--by', 'ann');
  expect(again).toMatchObject({ exit: 0, err: '' });
  expect(again.out).toContain('is to be contained again: run ');
  expect(again.out).toContain('The undo is held to no longer; it would have been until');
  expect(again.out).toMatch(/image\/.* may be changed again\./);
  await stage.settle();
  await stage.pass(300);
  expect(stage.statuses(unused.repository)[unused.digest]).toBe('ARCHIVED');
  expect(stage.head(unused)).toMatchObject({ outcome: 'contained', heldUntil: null });
  expect(JSON.parse((await run('incidents', 'show', key, '--json')).out)).toMatchObject({
    decisions: [{ kind: 'undo' }, { kind: 'contain', by: 'ann', caller: expect.stringContaining('arn:aws:') }],
  });
});

it('a hold of what is contained leaves it so, wakes nobody, and is over by itself', async () => {
  await using stage = await openStage();
  const run = commandsOn(stage);
  stage.scan(unused);
  await stage.settle();
  const said = stage.told().length;
  const hostile = 'x\u001b[2J\nGET UP: <!channel>';
  const held = await run('hold', key, '--for', '2h', '--reason', hostile, '--by', hostile);
  expect(held).toMatchObject({ exit: 0, err: '' });
  const page = (await run('incidents', 'show', key)).out + held.out;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  expect(page).not.toMatch(/^\s*GET UP/m);
  await stage.pass(2 * 3600 + 330);
  await stage.settle();
  expect(stage.statuses(unused.repository)[unused.digest]).toBe('ARCHIVED');
  expect(stage.head(unused)).toMatchObject({ outcome: 'contained', hold: null, stops: null });
  expect(stage.told()).toHaveLength(said);
});

it('who may hold and contain needs what docs/operations.md names, and nothing else', async () => {
  await using stage = await openStage();
  const finding = ['ssm:GetParameter'];
  const holds = [...finding, ...documented('hold')];
  const contains = [...holds, ...documented('contain')];
  expect(documented('hold').length).toBeGreaterThan(3);
  expect(documented('contain')).toContain('states:StartExecution');
  stage.scan(unused);
  await stage.settle();
  const holder = allowed(stage, 'holder', holds);
  expect(await holder('hold', unused.repository, '--for', '2h', '--reason', 'x')).toMatchObject({ exit: 0, err: '' });
  const refused = await holder('contain', unused.repository, '--reason', 'x', '--by', 'ann');
  expect(refused).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('states:StartExecution') });
  expect(isOneSentence(refused)).toBe(true);
  // What was cut off there is done by somebody who may.
  const container = allowed(stage, 'container', contains);
  expect(await container('contain', unused.repository, '--reason', 'x', '--by', 'ann')).toMatchObject({
    exit: 0,
    err: '',
  });
  await stage.settle();
  expect(stage.head(unused)).toMatchObject({ state: 'resting', outcome: 'contained', hold: null });
  for (const action of new Set(documented('hold'))) {
    const without = allowed(
      stage,
      `no-${action.replace(':', '-')}`,
      holds.filter((one) => one !== action),
    );
    const ran = await without('hold', unused.repository, '--for', '3h', '--reason', action);
    expect(ran, action).toMatchObject({ exit: 2, out: '' });
    expect(isOneSentence(ran), action).toBe(true);
  }
});
