import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versionText } from '../../cli/rules/versionText.ts';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { latest, ssmState } from '../../sandbox/services/ssm/state.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { plain, plainImages } from './plainImages.ts';
import { enforcing } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** A rule that observes, on a stage that has recorded what it heard: shown what it would have done, then switched. */
describe('firebreak rules promote, on a deployed stage', () => {
  let stage: Stage;
  const observing = `# ours\n${enforcing.replace('mode: enforce', 'mode: observe # for now')}`;

  beforeAll(async () => {
    stage = await openStage({ startAt: new Date(), world: plainImages, rules: { enforcing: observing } });
    stage.scan(plain('a'), {}, 2);
    await stage.pass(120);
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  /** With the stage's time going on, as AWS's does. */
  async function promote(...args: readonly string[]): Promise<Ran> {
    const env = environmentOf(stage.account);
    let ran: Ran | undefined;
    const running = firebreak(['rules', 'promote', ...args], { env }).then((result) => {
      ran = result;
    });
    while (ran === undefined) {
      await Promise.race([running, setTimeout(50)]);
      await stage.pass(2);
    }
    return ran;
  }
  const stored = (): string => {
    const parameter = ssmState(stage.account).parameters.get('/firebreak/dev/rules/enforcing');
    return parameter === undefined ? '' : latest(parameter).value;
  };

  it('shows what it would have done, and writes nothing where nobody can be asked: exit 1, with the command', async () => {
    const { exit, out, err } = await promote('enforcing');
    expect(out).toMatch(/^Rule enforcing observes \(version 1 of \/firebreak\/dev\/rules\/enforcing\)\.$/m);
    expect(out).toMatch(/^Stage dev has recorded 1 event from /m);
    expect(out).toMatch(/^Before .* nothing is recorded: this shows 1 day, not 30\.$/m);
    expect(out).toMatch(/^done: ecr\.quarantine-image +0 +1 +\+1$/m);
    expect(out).toMatch(/the stage itself, .*: observe; would do .*ecr\.quarantine-image/);
    expect(err).toBe(
      'firebreak: nothing was written. To switch it: firebreak rules promote enforcing --stage dev --expect 1 --yes\n',
    );
    expect([exit, stored()]).toEqual([1, observing]);
  });

  it('writes nothing over another version than the one that was seen', async () => {
    expect(await promote('enforcing', '--expect', '2', '--yes')).toMatchObject({
      exit: 1,
      out: '',
      err: expect.stringContaining('which has version 1 now'),
    });
    expect(stored()).toBe(observing);
  });

  it('switches it: that one word is changed, it decides, and then nothing is left to switch', async () => {
    const { exit, out } = await promote('enforcing', '--expect', '1', '--yes', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      kind: 'written',
      shownVersion: 1,
      parameterVersion: 2,
      became: { kind: 'live' },
      wouldHaveDone: { replay: { events: 1, b: { actions: { 'ecr.quarantine-image': 1 } } } },
    });
    expect(stored()).toBe(observing.replace('mode: observe', 'mode: enforce'));
    expect(await promote('enforcing', '--yes')).toEqual({
      exit: 1,
      out: '',
      err: 'firebreak: Rule enforcing enforces already.\n',
    });
    stage.scan(plain('b'));
    await stage.pass(120);
    expect(stage.head(plain('b'))).toMatchObject({ outcome: 'contained' });
  }, 180_000);

  it('reads what an earlier version of a parameter says, to put it back', async () => {
    const { region, endpoint } = stage.account;
    const config = { region, endpoint, credentials: rootCredentials(stage.account) };
    expect(await versionText(config, '/firebreak/dev/rules/enforcing', 1)).toBe(observing);
    expect(await versionText(config, '/firebreak/dev/rules/enforcing', 99)).toBeUndefined();
    expect(await versionText(config, '/firebreak/dev/rules/none', 1)).toBeUndefined();
  });
});
