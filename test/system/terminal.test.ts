import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { bin, environmentOf } from './firebreak.ts';
import { unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';
import { hasTool } from './tools.ts';

interface Shown {
  readonly exit: number | null;
  readonly out: string;
}

/** The command as somebody runs it who sits there, and types each answer once its question is shown. */
async function typing(stage: Stage, args: string, answers: readonly (readonly [RegExp, string])[]): Promise<Shown> {
  const { PATH = '', HOME = '' } = process.env;
  const own = { PATH, HOME, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', NO_COLOR: '1' };
  const child = spawn('script', ['-qec', `"${process.execPath}" "${bin}" ${args}`, '/dev/null'], {
    env: { ...own, ...environmentOf(stage.account), TERM: 'dumb', AWS_EC2_METADATA_DISABLED: 'true' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const left = [...answers];
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    const [next] = left;
    if (next === undefined || !next[0].test(out)) return;
    left.shift();
    child.stdin.write(`${next[1]}\n`);
  });
  const [exit] = await once(child, 'close');
  return { exit, out };
}

describe.skipIf(!hasTool('script (util-linux)', 'script', ['--version']))('somebody at a terminal', () => {
  it('is told what speaks against an undo, asked whether it is meant, and why; and asked before it is contained again', async () => {
    await using stage = await openStage();
    stage.scan(unused);
    await stage.settle();
    const undo = `undo ${unused.repository}`;
    const no = await typing(stage, undo, [[/all the same\? \[y\/N\]/, 'n']]);
    expect(no).toMatchObject({ exit: 1, out: expect.stringContaining('firebreak: Nothing was undone.') });
    expect(no.out).toContain('firebreak: What was found is still open: ');
    expect(stage.head(unused)).toMatchObject({ state: 'resting', outcome: 'contained' });

    const yes = await typing(stage, undo, [
      [/all the same\? \[y\/N\]/, 'y'],
      [/Why, for the record\?/, 'patched upstream'],
    ]);
    expect(yes).toMatchObject({ exit: 0, out: expect.stringContaining('is under way now') });
    await stage.settle();
    expect(stage.head(unused)).toMatchObject({ outcome: 'undone' });
    const decisions = stage.table().filter(({ sk }) => sk.startsWith('decision#'));
    expect(decisions).toMatchObject([{ kind: 'undo', reason: 'patched upstream' }]);

    const contain = `contain ${unused.repository}`;
    const stays = await typing(stage, contain, [[/contained again\? \[y\/N\]/, '']]);
    expect(stays).toMatchObject({ exit: 1, out: expect.stringContaining('firebreak: Nothing was decided.') });
    expect(stage.head(unused)).toMatchObject({ state: 'resting', outcome: 'undone' });
    expect(await typing(stage, `${contain} --yes`, [])).toMatchObject({ exit: 0 });
    await stage.settle();
    expect(stage.head(unused)).toMatchObject({ outcome: 'contained' });
  });
});
