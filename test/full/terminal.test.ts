import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bin } from '../system/firebreak.ts';
import { withoutAws } from '../system/sandboxProcess.ts';
import { hasTool } from '../system/tools.ts';

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CTRL_C = '\u0003';
/** What sets a colour: `ESC [ 32 m`. */
const coloured = (out: string): boolean => out.split('\u001b[').some((part) => /^[\d;]*m/.test(part));

interface Shown {
  readonly exit: number | null;
  readonly out: string;
}

/** `firebreak demo broken-event` on a terminal of this size; `interruptAt`: Ctrl-C is typed once this was shown. */
async function demo(size: { columns: number; rows: number }, env = {}, interruptAt?: string): Promise<Shown> {
  const command = `stty cols ${size.columns} rows ${size.rows}; exec "${process.execPath}" "${bin}" demo broken-event`;
  const { NO_COLOR: _NO_COLOR, CI: _CI, ...own } = withoutAws();
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...own, TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (interruptAt === undefined || !out.includes(interruptAt) || child.stdin.writableEnded) return;
    child.stdin.end(CTRL_C);
  });
  const [exit] = await once(child, 'close');
  return { exit, out };
}

/** What stays on the screen of a line that was written over. */
const remains = (out: string): readonly string[] =>
  out.split('\r\n').map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf('\u001b[G') + 1)));

describe.skipIf(!hasTool('script (util-linux)', 'script', ['--version']))('the demo on a terminal', () => {
  it('shows what is under way, then its lines, no wider than the terminal', async () => {
    const { exit, out } = await demo({ columns: 60, rows: 40 });
    expect(exit).toBe(0);
    expect(out).toContain('⠋');
    expect(coloured(out)).toBe(true);
    expect(out.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(out.lastIndexOf(HIDE_CURSOR));
    const steps = remains(out).filter((line) => /^(\d\d:\d\d:\d\d {2}| {12})/.test(line));
    expect(steps.length).toBeGreaterThan(4);
    for (const line of steps) expect(line.length <= 60 || !line.trim().includes(' '), line).toBe(true);
  });

  it('has no colour when NO_COLOR is set', async () => {
    const { exit, out } = await demo({ columns: 100, rows: 40 }, { NO_COLOR: '1' });
    expect(exit).toBe(0);
    expect(out).toContain('⠋');
    expect(coloured(out)).toBe(false);
  });

  it.each([
    ['that cannot move its cursor', { columns: 80, rows: 24 }, { TERM: 'dumb' }],
    ['that does not say how large it is', { columns: 0, rows: 0 }, {}],
  ])('is told in plain lines on one %s', async (_what, size, env) => {
    const { exit, out } = await demo(size, env);
    expect(exit).toBe(0);
    expect(out).toContain('Ended as it should.');
    expect(out).not.toContain('\u001b');
  });

  it('gives the cursor back at Ctrl-C, and ends as a shell expects it', async () => {
    const { exit, out } = await demo({ columns: 100, rows: 40 }, {}, '⠋');
    expect(exit).toBe(130);
    expect(out).not.toContain('Ended as it should.');
    expect(out.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(out.lastIndexOf(HIDE_CURSOR));
  });
});
