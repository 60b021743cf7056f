import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bin } from './firebreak.ts';

/** The first line of `firebreak sandbox --json`, as docs/commands.md has it. */
export interface ReadyLine {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly stage: string;
  readonly stack: {
    readonly stateMachineArn: string;
    readonly incidentTable: string;
    readonly topics: { readonly page: string; readonly notice: string; readonly digest: string };
  };
}

/** `firebreak sandbox --json` in a process of its own, ready to take calls. */
export interface SandboxProcess {
  readonly child: ChildProcess;
  readonly ready: ReadyLine;
  /** The caller's environment with nothing of AWS in it but what points a client at this account. */
  readonly env: NodeJS.ProcessEnv;
  /** Sends a signal, and answers when the process is gone, with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Nothing that this machine may know of AWS. */
export const withoutAws = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Starts it and waits for its first line. Stop it in `finally` or `afterAll`. */
export async function startSandboxProcess(...args: readonly string[]): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [bin, 'sandbox', '--json', ...args], {
    env: withoutAws(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const line = once(createInterface(child.stdout), 'line');
  const [first] = await Promise.race([line, ended]);
  if (typeof first !== 'string') throw new Error(`firebreak sandbox ended with ${first} before it was ready`);
  const ready: ReadyLine = JSON.parse(first);
  return {
    child,
    ready,
    env: {
      ...withoutAws(),
      AWS_ENDPOINT_URL: ready.endpoint,
      AWS_ACCESS_KEY_ID: ready.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ready.secretAccessKey,
      AWS_REGION: ready.region,
      AWS_DEFAULT_REGION: ready.region,
    },
    stop: async (signal = 'SIGINT') => {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}
