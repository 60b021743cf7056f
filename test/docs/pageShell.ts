import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { copyTree } from '../../tools/treeCopy.ts';
import { type ProcessGroup, startGroup } from '../system/processGroup.ts';
import { withoutAws } from '../system/sandboxProcess.ts';
import { printed, type ShellBlock } from './blocks.ts';

/** A reader in a clone, with a shell in which block after block is pasted, and more terminals for what stays. */
export interface PageShell {
  /** Pastes a block. Throws when it fails, or prints something else than the page says. */
  paste(block: ShellBlock): Promise<void>;
  close(): Promise<void>;
}

/** The port of the pages' sandboxes; each run takes a free one in its place. */
const PORT = '4566';

export async function openPageShell(root: string, variables: NodeJS.ProcessEnv = {}): Promise<PageShell> {
  const clone = copyTree(root);
  const port = await freePort();
  const terminals: ProcessGroup[] = [];
  const shell = startShell(clone.root, variables);
  return {
    paste: async ({ line, text, stays, prints }) => {
      const pasted = text.replaceAll(PORT, port);
      const shown = prints?.replaceAll(PORT, port);
      if (!stays) return differ(line, pasted, await shell.run(pasted), shown);
      const terminal = startGroup('bash', ['-c', pasted], clone.root);
      terminals.push(terminal);
      await terminal.printed(printed(shown ?? '…'));
    },
    close: async () => {
      for (const terminal of terminals) terminal[Symbol.dispose]();
      await shell.end();
      clone.remove();
    },
  };
}

function differ(line: number, pasted: string, { exit, out }: Ended, shown: string | undefined): void {
  if (exit !== 0) throw new Error(`line ${line}: this ended with ${exit}:\n${pasted}\nIt printed:\n${out}`);
  if (shown === undefined || printed(shown).test(out)) return;
  throw new Error(`line ${line}: the page says that it prints\n${shown}\nIt printed\n${out}`);
}

interface Ended {
  readonly exit: number | null;
  readonly out: string;
}

/** One bash, so that variables and functions stay. A command that fails ends it. */
function startShell(
  cwd: string,
  variables: NodeJS.ProcessEnv,
): { run(text: string): Promise<Ended>; end(): Promise<void> } {
  const env = { ...withoutAws(), npm_config_offline: 'true', NO_COLOR: '1', ...variables };
  const child: ChildProcess = spawn('bash', ['--norc', '--noprofile'], { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  let out = '';
  let look = (): void => undefined;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    look();
  });
  const write = (text: string): void => void child.stdin?.write(`${text}\n`);
  write('exec 2>&1\nset -e');
  const DONE = '\u0001done\n';
  return {
    run: async (text) => {
      out = '';
      const done = new Promise<Ended>((resolve) => {
        look = () => out.endsWith(DONE) && resolve({ exit: 0, out: out.slice(0, -DONE.length) });
      });
      write(`${text}\nprintf '\\001done\\n'`);
      return Promise.race([done, ended.then(([exit]): Ended => ({ exit, out }))]);
    },
    end: async () => {
      child.stdin?.end();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}
