import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { incidentOf, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** The commands as a person runs them, on the packaged stack. */
describe('a pause, on a deployed stage', () => {
  let stage: Stage;
  let run: (...args: readonly string[]) => Promise<Ran>;
  const repository = `arn:aws:ecr:us-east-1:123456789012:repository/${unused.repository}`;

  beforeAll(async () => {
    stage = await openStage();
    run = (...args) => firebreak(args, { env: environmentOf(stage.account) });
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('is listed, and refused where it would be shorter or says no reason', async () => {
    expect(await run('pause', '--list')).toMatchObject({
      exit: 0,
      out: '',
      err: expect.stringContaining('Nothing is'),
    });
    const put = await run(
      'pause',
      '--for',
      '2h',
      '--reason',
      'a move',
      '--by',
      'ana',
      '--target',
      repository,
      '--json',
    );
    expect(put.exit).toBe(0);
    expect(JSON.parse(put.out)).toMatchObject({
      version: 1,
      kind: 'paused',
      pause: { target: repository, by: 'ana', reason: 'a move' },
    });
    expect(JSON.parse((await run('pause', '--list', '--json')).out)).toMatchObject({
      pauses: [{ target: repository }],
    });
    const shorter = await run('pause', '--for', '5m', '--reason', 'x', '--by', 'eve', '--target', repository);
    expect(shorter).toMatchObject({ exit: 1, out: '', err: expect.stringContaining('by ana') });
    const typo = await run('pause', '--for', '2h', '--reason', 'x', '--target', 'checkout');
    expect(typo).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('is no target that Firebreak changes'),
    });
    expect(typo.err.trim().split('\n')).toHaveLength(1);
  });

  it('holds a containment and tells; ended, it is done by itself, without a new finding', async () => {
    stage.scan(unused);
    await stage.settle();
    expect(stage.head(unused)).toMatchObject({ outcome: 'held', stops: [{ kind: 'pause', of: repository }] });
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);
    expect(stage.told().at(-1)?.subject).toContain('held, changes are paused');
    const shown = await run('incidents', 'show', incidentOf(unused));
    expect(shown.out).toContain(`waits: ${repository} is paused until`);

    expect(await run('resume')).toMatchObject({ exit: 1, err: expect.stringContaining('there is no pause of that') });
    expect(await run('resume', '--target', repository)).toMatchObject({ exit: 0 });
    await stage.pass(330);
    await stage.settle();
    expect(stage.head(unused)).toMatchObject({ outcome: 'contained' });
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(1);
  });

  it('has no part in a rule that is stopped: that is started again by its name', async () => {
    const nothing = await run('resume', '--rule', 'enforcing');
    expect(nothing).toMatchObject({ exit: 1, err: expect.stringContaining('was not stopped') });
    expect(await run('resume', '--rule', 'a', '--target', repository)).toMatchObject({ exit: 2 });
  });
});
