import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withoutAws } from './sandboxProcess.ts';

/** A program and all that it starts, as a terminal has them: one process group, with a temporary folder of its own. */
export interface ProcessGroup extends Disposable {
  /** Resolves when what was printed so far matches; rejects when it ended before. */
  printed(what: RegExp): Promise<string>;
  /** To the whole group, as Ctrl-C; or to the first process alone, as `kill` does. */
  signal(signal: NodeJS.Signals, to?: 'group' | 'first'): void;
  /** Resolves when nobody holds its output any more: [exit code, signal] of the first process. */
  readonly ended: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
  /** Processes of the group that still run. */
  left(): readonly string[];
  /** What lies in its temporary folder. */
  files(): readonly string[];
}

export function startGroup(command: string, args: readonly string[], cwd?: string): ProcessGroup {
  const temporary = mkdtempSync(join(tmpdir(), 'firebreak-group-'));
  const child = spawn(command, args, {
    cwd,
    detached: true,
    // npm keeps a compile cache in the temporary folder, for good.
    env: { ...withoutAws(), TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: '1', npm_config_offline: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started`);
  let out = '';
  const watching = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      for (const look of watching) look();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => [code, signal] as const);
  const left = (): readonly string[] =>
    spawnSync('ps', ['-A', '-o', 'pgid=,stat=,pid=,args='], { encoding: 'utf8' })
      .stdout.split('\n')
      // One that has ended and that nobody has asked about (Z) is a line in a table, no process.
      .filter((line) => new RegExp(`^\\s*${pid}\\s+[^Z\\s]`).test(line));
  return {
    printed: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!what.test(out)) return;
          watching.delete(look);
          resolve(out);
        };
        watching.add(look);
        void ended.then(([code, signal]) => reject(new Error(`it ended (${code ?? signal}) having printed:\n${out}`)));
        look();
      }),
    signal: (signal, to = 'group') => process.kill(to === 'group' ? -pid : pid, signal),
    ended,
    left,
    files: () => readdirSync(temporary),
    [Symbol.dispose]: () => {
      if (left().length > 0) process.kill(-pid, 'SIGKILL');
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}
