import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { latest, ssmState } from '../../sandbox/services/ssm/state.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { enforcing } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** A folder of rules, pushed to a stage, pulled from it, gone back from: each as a process of its own, while the stage's time goes on. */
describe('firebreak rules, on a deployed stage', () => {
  let stage: Stage;
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-rules-'));
  let env: { readonly [name: string]: string };

  beforeAll(async () => {
    stage = await openStage();
    env = environmentOf(stage.account);
    writeFileSync(join(folder, 'enforcing.yaml'), enforcing);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await stage[Symbol.asyncDispose]();
  });

  /** With the stage's time going on, as AWS's does. */
  async function run(...args: readonly string[]): Promise<Ran> {
    let ran: Ran | undefined;
    const running = firebreak(['rules', ...args], { env }).then((result) => {
      ran = result;
    });
    while (ran === undefined) {
      await Promise.race([running, setTimeout(50)]);
      await stage.pass(2);
    }
    return ran;
  }
  const put = (name: string, value: string): void =>
    void putParameter(stage.account, { name: `/firebreak/dev/${name}`, value });
  const stored = (name: string): string | undefined => {
    const parameter = ssmState(stage.account).parameters.get(`/firebreak/dev/${name}`);
    return parameter === undefined ? undefined : latest(parameter).value;
  };

  it('diff: nothing, exit 0; what would change, in sentences, exit 1', async () => {
    expect(await run('diff', folder)).toEqual({ exit: 0, out: '', err: '' });
    writeFileSync(join(folder, 'enforcing.yaml'), enforcing.replace('mode: enforce', 'mode: observe'));
    const { exit, out } = await run('diff', folder);
    expect([exit, out]).toEqual([1, 'rule enforcing: mode is "observe", was "enforce"\n']);
    expect(JSON.parse((await run('diff', folder, '--json')).out)).toEqual({
      version: 1,
      changes: ['rule enforcing: mode is "observe", was "enforce"'],
      problems: [],
      files: { changed: ['rules/enforcing'], missing: [] },
    });
    writeFileSync(join(folder, 'enforcing.yaml'), enforcing.replace('mode: enforce', 'mdoe: enforce'));
    const typo = await run('diff', folder);
    expect(typo).toMatchObject({ exit: 1, out: 'rules/enforcing has another text\n' });
    expect(typo.err).toMatch(
      /^rules\/enforcing:\d+:1 "mdoe" is not a key here; did you mean "mode"\?\nfirebreak: .* refused\.\n$/,
    );
    writeFileSync(join(folder, 'enforcing.yaml'), enforcing.replace('mode: enforce', 'mode: observe'));
  });

  it('push: waits until it decides, and again does nothing', async () => {
    const { exit, out, err } = await run('push', folder);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(/^rule enforcing: mode is "observe".*\nWritten: rules\/enforcing\.\nRule set 2 decides\.\n$/);
    expect(await run('push', folder)).toMatchObject({
      exit: 0,
      out: 'The stage has all of it already.\nRule set 2 decides.\n',
    });
  });

  it('push of what does not compile writes nothing: exit 1, with the place', async () => {
    const before = stored('rules/enforcing');
    writeFileSync(join(folder, 'broken.yaml'), 'name: broken\nwhn: {}\n');
    const { exit, err } = await run('push', folder);
    expect(exit).toBe(1);
    expect(err).toMatch(/rules\/broken:2:1 "whn" is not a key here; did you mean "when"\?/);
    expect(stored('rules/enforcing')).toBe(before);
    expect(stored('rules/broken')).toBeUndefined();
    rmSync(join(folder, 'broken.yaml'));
  });

  it('push beside somebody else’s broken rule writes nothing, and says whose; --prune takes it out', async () => {
    put('rules/theirs', 'name: theirs\n');
    await stage.pass(60);
    writeFileSync(join(folder, 'enforcing.yaml'), enforcing);
    const { exit, err } = await run('push', folder);
    expect(exit).toBe(1);
    expect(err).toMatch(/rules\/theirs:1:1 "when" is missing\n[\s\S]*nothing was written\./);
    expect(stored('rules/enforcing')).toContain('mode: observe');
    const pruned = await run('push', folder, '--prune');
    expect(pruned).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/Removed: rules\/theirs\.\nRule set \d+ decides\./),
    });
  }, 60_000);

  it('push of what may do harm: exit 1, with the command; approve: live', async () => {
    writeFileSync(join(folder, 'enforcing.yaml'), enforcing.replace(/ {2}counts:.*\n/, ''));
    const pushed = await run('push', folder);
    expect(pushed.exit).toBe(1);
    const [, hash = ''] = /firebreak rules approve ([0-9a-f]{12}) --stage dev/.exec(pushed.err) ?? [];
    expect(pushed.err).toContain('counts.critical is not asked for any more');
    expect((await run('approve', '0123456789ab')).exit).toBe(1);
    const shown = await run('approve');
    expect(shown).toMatchObject({
      exit: 0,
      out: expect.stringContaining(`firebreak rules approve ${hash} --stage dev`),
    });
    expect(await run('approve', hash, '--by', 'ann')).toMatchObject({ exit: 0, err: '' });
    expect(await run('push', folder)).toMatchObject({ exit: 0 });
    expect((await run('approve')).exit).toBe(1);
  }, 60_000);

  it('history: what has decided, and who let it', async () => {
    const { out } = await run('history');
    expect(out.split('\n')[0]).toMatch(/^ {3}\d .* approved by ann \(decides\)$/);
    const { sets } = JSON.parse((await run('history', '--json')).out);
    expect(sets.map(({ number }: { number: number }) => number)).toEqual([...sets.keys()].map((n) => sets.length - n));
    expect(sets[0]).toMatchObject({ decides: true, why: { kind: 'approved', by: 'ann' } });
  });

  it('rollback: the earlier set decides, with what that changes, and the parameters follow', async () => {
    const { exit, out } = await run('rollback', '--by', 'ben', '--reason', 'too much');
    expect(exit).toBe(0);
    expect(out).toContain('  rule enforcing: when.counts.critical is [{"numeric":[">=",10]}], was not said');
    await stage.pass(60);
    expect(stored('rules/enforcing')).toBe(enforcing);
    expect(stored('status')).toContain('by ben: too much.');
    expect(await run('rollback', '99')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('There is no rule set 99'),
    });
    expect(await run('rollback', 'x')).toMatchObject({ exit: 2 });
  });

  it('rollback to what decides: drops what lint refused, and without the number does nothing', async () => {
    put('rules/theirs', 'name: theirs\n');
    await stage.pass(60);
    const [, command = ''] =
      /To drop it: firebreak rules (rollback \d+) --stage dev/.exec(stored('status') ?? '') ?? [];
    expect(await run('rollback')).toMatchObject({
      exit: 1,
      err: expect.stringContaining(`firebreak rules ${command} `),
    });
    const dropped = await run(...command.split(' '));
    expect(dropped).toMatchObject({
      exit: 0,
      out: expect.stringMatching(
        /decides as before, as number \d+\. What was edited since is dropped: rules\/theirs\.\n/,
      ),
    });
    await stage.pass(60);
    expect(stored('rules/theirs')).toBeUndefined();
    expect(stored('status')).toMatch(/^Rule set \d+ decides/);
  });

  it('pull: what is there as files; what is in the way is not written over', async () => {
    const to = join(folder, 'pulled');
    put('exemptions/e', 'name: e\nwhen: { type: [x] }\nowner: o\nreason: r\nexpires: 2030-01-01\n');
    expect(await run('pull', to)).toMatchObject({ exit: 0 });
    expect(readdirSync(to).sort()).toEqual(['enforcing.yaml', 'exemptions']);
    expect(readFileSync(join(to, 'enforcing.yaml'), 'utf8')).toBe(enforcing);
    expect(await run('diff', to)).toMatchObject({ exit: 0 });
    writeFileSync(join(to, 'enforcing.yaml'), 'mine\n');
    const { exit, err } = await run('pull', to);
    expect([exit, err.includes('enforcing.yaml would be written over')]).toEqual([1, true]);
    expect(readFileSync(join(to, 'enforcing.yaml'), 'utf8')).toBe('mine\n');
    writeFileSync(join(to, 'exemptions', 'old.yaml'), 'name: old\n');
    expect(await run('pull', to, '--force')).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/In the folder alone, .*exemptions\/old\.yaml\.\n$/),
    });
    expect(readFileSync(join(to, 'enforcing.yaml'), 'utf8')).toBe(enforcing);
    mkdirSync(join(folder, 'empty'));
    expect(await run('push', join(folder, 'empty'))).toMatchObject({ exit: 2 });
  });
});
