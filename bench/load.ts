import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { lambdaBundle } from '../tools/bundle.ts';
import type { Figure } from './figure.ts';
import { load, loadedAtStart, type Start, startsOf } from './start.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const LEAST_RUNS = 19;

/** What a small team would write: middy and one client, bundled exactly as ours are. */
const oneClient = `
  import middy from '@middy/core';
  import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient({});
  export const handler = middy(async ({ TableName, Key, Item }) => {
    await client.send(new PutItemCommand({ TableName, Item }));
    return client.send(new GetItemCommand({ TableName, Key }));
  });
`;

async function buildOneClient(folder: string): Promise<Start> {
  const file = join(folder, 'handler.cjs');
  await build({ ...lambdaBundle(root), stdin: { contents: oneClient, resolveDir: root }, outfile: file });
  return { bundle: 'one client', folder, file, environment: { AWS_REGION: 'us-east-1' } };
}

function milliseconds(act: () => unknown): number {
  const from = process.hrtime.bigint();
  act();
  return Number(process.hrtime.bigint() - from) / 1e6;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function measure(
  starts: readonly Start[],
  runs: number,
): { readonly node: number; readonly times: ReadonlyMap<string, number> } {
  const node: number[] = [];
  const times = new Map(starts.map(({ bundle }) => [bundle, [] as number[]]));
  for (let run = 0; run < runs; run += 1) {
    node.push(milliseconds(() => spawnSync(process.execPath, ['-e', '0'], { env: {} })));
    for (const start of starts) times.get(start.bundle)?.push(milliseconds(() => load(start)));
  }
  return { node: median(node), times: new Map([...times].map(([bundle, all]) => [bundle, median(all)])) };
}

/** How one handler loads, in the median of all starts. */
interface HandlerLoad {
  readonly handler: string;
  readonly kib: number;
  readonly ms: number;
  readonly ofOneClient: number;
  readonly ofNode: number;
}

export interface Loads {
  readonly runs: number;
  readonly nodeMs: number;
  readonly handlers: readonly HandlerLoad[];
}

/**
 * How long each handler takes to load, against a middy handler with one SDK client and against Node alone: same Node, same run, each started
 * anew every time, in turn, so that what else the machine does hits all alike.
 */
export async function measureLoads(wanted: number): Promise<Loads> {
  const runs = Math.max(LEAST_RUNS, wanted);
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'));
  try {
    const reference = await buildOneClient(folder);
    const starts = [reference, ...(await startsOf(join(root, 'dist')))];
    const { node, times } = measure(starts, runs);
    const base = times.get(reference.bundle) ?? Number.NaN;
    const handlers = starts.map((start) => {
      const ms = times.get(start.bundle) ?? Number.NaN;
      const kib = loadedAtStart(start).bytes / 1024;
      return { handler: start.bundle, kib, ms, ofOneClient: ms / base, ofNode: ms / node };
    });
    return { runs, nodeMs: node, handlers };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const line = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(14) : cell.padStart(14))).join('');

export function loadLines({ runs, nodeMs, handlers }: Loads): readonly string[] {
  const head = ['handler', 'KiB loaded', 'median ms', '/ one client', '/ node -e 0'];
  const alone = ['node -e 0', '', nodeMs.toFixed(1), '', '1.00'];
  const rows = handlers.map(({ handler, kib, ms, ofOneClient, ofNode }) => [
    handler,
    kib.toFixed(0),
    ms.toFixed(1),
    ofOneClient.toFixed(2),
    ofNode.toFixed(2),
  ]);
  return [`Node ${process.version}, ${runs} starts each`, ...[head, alone, ...rows].map(line)];
}

export const loadFigures = ({ handlers }: Loads): readonly Figure[] =>
  handlers.slice(1).map(({ handler, ofOneClient }) => ({
    name: `load of ${handler}, of a handler with one client`,
    value: ofOneClient,
    unit: 'times',
  }));
