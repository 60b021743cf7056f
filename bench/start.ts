import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { createAccount } from '../sandbox/kernel/kernel.ts';
import { lambdaState } from '../sandbox/services/lambda/state.ts';
import { deploy } from '../sandbox/template/deploy.ts';

/** A built handler and the environment that the template gives it. */
export interface Start {
  readonly bundle: string;
  readonly folder: string;
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
}

export interface Loaded {
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  readonly bytes: number;
  /** AWS services whose SDK client is in those files, e.g. `dynamodb`. */
  readonly clients: readonly string[];
}

/** Every bundle that a function of `dist/template.json` is made of. */
export async function startsOf(dist: string): Promise<readonly Start[]> {
  const template = JSON.parse(readFileSync(join(dist, 'template.json'), 'utf8'));
  const { account, close } = createAccount({ id: '123456789012', region: 'us-east-1', seed: 1, startAtMs: 0 });
  try {
    const codeFolder = (key: string): string => join(dist, 'bundles', basename(key, '.zip'));
    // No door is opened: nothing is called, but the queue's URL in the environment must be one.
    account.endpoint = 'http://127.0.0.1:4566';
    deploy(account, template, { stack: 'firebreak-dev', codeFolder });
    const settings = [...lambdaState(account).functions.values()].map((each) => each.settings);
    const starts = settings.map(({ codeDir, handler, environment }) => ({
      bundle: basename(codeDir),
      folder: codeDir,
      file: join(codeDir, `${handler.slice(0, handler.lastIndexOf('.'))}.cjs`),
      environment: { ...environment, AWS_REGION: account.region },
    }));
    return [...new Map(starts.map((start) => [start.bundle, start])).values()];
  } finally {
    await close();
  }
}

const LOAD = 'require(process.argv[1])';
const LIST = `${LOAD}; process.stdout.write(JSON.stringify(Object.keys(require.cache)))`;

/** Loads a handler in a Node of its own, as Lambda does before it is ready. Throws with what Node said when that fails. */
export function load({ file, environment }: Pick<Start, 'file' | 'environment'>, script = LOAD): string {
  const run = spawnSync(process.execPath, ['-e', script, file], { env: environment, encoding: 'utf8' });
  if (run.status === 0) return run.stdout;
  throw new Error(`${file} does not load: ${run.stderr}`);
}

/** What a handler loads before it is ready, its own files first to last. */
export function loadedAtStart(start: Start): Loaded {
  const paths = JSON.parse(load(start, LIST)) as readonly string[];
  const files = paths.map((path) => ({ path: relative(start.folder, path), bytes: statSync(path).size }));
  const text = paths.map((path) => readFileSync(path, 'utf8')).join('\n');
  return {
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    // Each client carries the names of its service's shapes.
    clients: [
      ...new Set([...text.matchAll(/com\.amazonaws\.([a-z0-9]+)(?![a-z0-9.])/g)].map(([, name]) => name ?? '')),
    ].sort(),
  };
}
