import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { type Answer, FAILS, play, type Side } from './play.ts';
import type { Script } from './script.ts';

/** The independent implementation, as a process of its own on a free loopback port. */
export interface Moto {
  readonly endpoint: string;
  /** Plays a script on it, empty but for what the script makes. */
  play(script: Script): Promise<readonly Answer[]>;
  /** What it has written so far, line by line. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

/** Proxies that nobody serves: whatever would leave this machine fails. */
const NOWHERE = 'http://127.0.0.1:9';

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  HTTP_PROXY: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  http_proxy: NOWHERE,
  https_proxy: NOWHERE,
  NO_PROXY: '127.0.0.1,localhost',
  AWS_EC2_METADATA_DISABLED: 'true',
  // Machine images of its own are of no use here, and take a second to load.
  MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
});

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts moto_server; undefined where there is none on PATH. It ends with this process, also when that is interrupted.
 * Throws when it is there and does not come up, with what it said.
 */
export async function openMoto(command = 'moto_server', before: readonly string[] = []): Promise<Moto | undefined> {
  // A group of its own, because what is on PATH may be a script that starts it.
  const child = spawn(command, [...before, '-H', '127.0.0.1', '-p', '0'], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const end = (): void => endGroup(child);
  const interrupted = (signal: (typeof SIGNALS)[number]): void => {
    end();
    process.exit(128 + constants.signals[signal]);
  };
  process.once('exit', end);
  for (const signal of SIGNALS) process.once(signal, interrupted);
  async function close(): Promise<void> {
    process.off('exit', end);
    for (const signal of SIGNALS) process.off(signal, interrupted);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    end();
    await gone;
  }
  const said = listenTo(child);
  const endpoint = await listening(child, said).catch(async (error: unknown) => {
    await (child.pid === undefined ? undefined : close());
    throw error;
  });
  if (endpoint === undefined) return undefined;
  await post(`${endpoint}/moto-api/config`, { stepfunctions: { execute_state_machine: true } });
  return { endpoint, play: (script) => playOn(script, endpoint, said), log: said.lines, close };
}

async function playOn(script: Script, endpoint: string, said: Said): Promise<readonly Answer[]> {
  const side = sideAt(endpoint);
  await post(`${endpoint}/moto-api/reset`);
  await script.moto?.(side.connection);
  const before = failuresIn(said.lines);
  const answers = await play(script, side);
  const fails = answers.filter(({ value }) => value['$error'] === FAILS).length;
  await allSaid(endpoint, said, before + fails);
  return answers.map((answer) => (isLacking(answer, said.lines) ? lacking(answer) : answer));
}

/** What it has not, it says in its log alone, in its own spelling: describe_scaling_activities. */
const isLacking = ({ operation, value }: Answer, lines: readonly string[]): boolean =>
  value['$error'] === FAILS &&
  lines.some((line) => {
    const [, action] = /NotImplementedError: The (\w+) action has not been implemented/.exec(line) ?? [];
    return action?.replaceAll('_', '') === operation.toLowerCase();
  });

const lacking = (answer: Answer): Answer => ({ ...answer, kind: 'lacking', value: { $lacking: 'not implemented' } });

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

interface Said {
  readonly lines: readonly string[];
  /** Resolves once this holds of the lines. */
  readonly heard: (holds: (lines: readonly string[]) => boolean) => Promise<void>;
}

/** Keeps what it writes, and tells who waits for it. */
function listenTo(child: ChildProcess): Said {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const heard = (holds: (lines: readonly string[]) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds(lines)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { lines, heard };
}

/** Where it listens, once it says so; undefined when there is no such command. */
function listening(child: ChildProcess, said: Said): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
    // 127: a wrapper is there, and what it would start is not.
    child.once('close', (code) =>
      code === 127
        ? resolve(undefined)
        : reject(new Error(`moto_server ended before it listened: ${said.lines.join('\n')}`)),
    );
    const address = (): string | undefined => /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said.lines.join('\n'))?.[1];
    void said.heard(() => address() !== undefined).then(() => resolve(address()), reject);
  });
}

const failuresIn = (lines: readonly string[]): number =>
  lines.filter((line) => line.includes('Error on request:')).length;

/** It writes of a failure after it has answered. A last request, and its line in the log, come behind all of them. */
async function allSaid(endpoint: string, { lines, heard }: Said, fails: number): Promise<void> {
  await heard((all) => failuresIn(all) >= fails);
  const mark = `after-${lines.length}`;
  await fetch(`${endpoint}/moto-api/data.json?${mark}`);
  await heard((all) => all.some((line) => line.includes(mark)));
}

const sideAt = (endpoint: string): Side => ({
  name: 'moto',
  connection: {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAMOTO000000000000', secretAccessKey: 'moto-takes-any' },
    maxAttempts: 1,
  },
  pass: (ms) => setTimeout(ms),
  // It delivers before it answers.
  settle: () => Promise.resolve(),
});

async function post(url: string, body: object = {}): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}
