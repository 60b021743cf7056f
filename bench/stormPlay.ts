import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutCanary, withoutConsole } from '../cli/playedTemplate.ts';
import { seededRandom } from '../sandbox/kernel/random.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { itemsOf } from '../sandbox/services/dynamodb/state.ts';
import { repositories } from '../sandbox/services/ecr/state.ts';
import { putRawEvent } from '../sandbox/services/eventbridge/bus.ts';
import { sqsState } from '../sandbox/services/sqs/state.ts';
import { putParameter } from '../sandbox/services/ssm/parameters.ts';
import { statesOf } from '../sandbox/services/states/store.ts';
import { worldSchema } from '../sandbox/world/schema.ts';
import type { JsonObject } from '../shared/platform/json.ts';
import { gateRuns } from './gate.ts';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const ACCOUNT = '123456789012';

export interface Storm {
  /** How many different events, each of an image of its own. */
  readonly distinct: number;
  /** How often each of them is delivered. */
  readonly times: number;
  /** How many runs go at a time. */
  readonly atOnce: number;
  /** Of the order in which they are delivered. */
  readonly seed: number;
  /** Folder of the functions' bundles; what was built without it. */
  readonly code?: string;
}

/** What a storm came to. */
export interface Aftermath {
  readonly recordedPerSecond: number;
  readonly runsPerSecond: number;
  readonly executions: number;
  readonly incidents: number;
  readonly archived: number;
  readonly records: number;
  /** Megabytes of the process: opened, recorded, then after each quarter of the runs. */
  readonly memory: readonly number[];
}

const rule = `name: storm
when:
  type: [ImageScan]
  counts: { critical: [{ numeric: [">=", 1] }] }
do:
  - evidence.capture
  - ecr.quarantine-image
mode: enforce
`;

const digestOf = (n: number): string => `sha256:${n.toString(16).padStart(64, '0')}`;
const repositoryOf = (n: number): string => `storm/app-${n}`;

const eventOf = (n: number, time: Date): JsonObject => ({
  version: '0',
  id: `00000000-0000-4000-a000-${n.toString(16).padStart(12, '0')}`,
  'detail-type': 'ECR Image Scan',
  source: 'aws.ecr',
  account: ACCOUNT,
  time: `${time.toISOString().slice(0, 19)}Z`,
  region: 'us-east-1',
  resources: [`arn:aws:ecr:us-east-1:${ACCOUNT}:repository/${repositoryOf(n)}`],
  detail: {
    'scan-status': 'COMPLETE',
    'repository-name': repositoryOf(n),
    'image-digest': digestOf(n),
    'image-tags': [],
    'finding-severity-counts': { CRITICAL: 3 },
  },
});

function shuffled<T>(all: readonly T[], seed: number): readonly T[] {
  const random = seededRandom(seed);
  const mixed = [...all];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random.next() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

async function openStorm({ distinct, code }: Storm): Promise<Sandbox> {
  const world = worldSchema.parse({
    account: ACCOUNT,
    repositories: Array.from({ length: distinct }, (_, n) => ({
      name: repositoryOf(n),
      images: [{ digest: digestOf(n), scan: { CRITICAL: 3 } }],
    })),
  });
  const template = withoutConsole(withoutCanary(JSON.parse(readFileSync(join(dist, 'template.json'), 'utf8'))));
  const sandbox = await openSandbox({ template, bundles: code ?? join(dist, 'bundles') }, { world });
  putParameter(sandbox.account, { name: '/firebreak/dev/rules/storm', value: rule });
  await sandbox.clock.advance(61_000);
  return sandbox;
}

const waiting = ({ account }: Sandbox): number =>
  [...sqsState(account).queues.values()].reduce((sum, { messages }) => sum + messages.size, 0);

const countOf = ({ account, stack }: Sandbox, sk: string): number =>
  itemsOf(account, stack.outputs['IncidentTableName'] ?? '').filter((item) => item['sk']?.S === sk).length;

const archived = ({ account }: Sandbox): number =>
  [...repositories(account).values()].filter(({ images }) =>
    [...images.values()].every((one) => one.status === 'ARCHIVED'),
  ).length;

const megabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);

/** Lets time pass until something is so. */
async function until({ clock }: Sandbox, reached: () => boolean): Promise<void> {
  for (let second = 0; !reached(); second += 1) {
    if (second > 24 * 3600) throw new Error('a day has passed, and it did not come to that');
    await clock.advance(1000);
  }
}

/** Plays it: first all events are taken in while the runs that they start wait, then the runs go. */
export async function playStorm(storm: Storm): Promise<Aftermath> {
  const { distinct, times, atOnce, seed } = storm;
  const sandbox = await openStorm(storm);
  try {
    const { account, clock } = sandbox;
    const gate = gateRuns(account);
    const all = Array.from({ length: distinct * times }, (_, n) => n % distinct);
    const at = new Date(clock.now());
    const memory = [megabytes()];
    let from = performance.now();
    for (const n of shuffled(all, seed)) putRawEvent(account, eventOf(n, at));
    await until(sandbox, () => countOf(sandbox, 'record') === distinct && waiting(sandbox) === 0);
    const recordedPerSecond = all.length / ((performance.now() - from) / 1000);
    memory.push(megabytes());

    from = performance.now();
    gate.open(atOnce);
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await until(sandbox, () => gate.ended() >= distinct * share);
      memory.push(megabytes());
    }
    await until(sandbox, () => archived(sandbox) === distinct);
    return {
      recordedPerSecond,
      runsPerSecond: distinct / ((performance.now() - from) / 1000),
      executions: statesOf(account).executions.size,
      incidents: countOf(sandbox, 'head'),
      archived: archived(sandbox),
      records: countOf(sandbox, 'record'),
      memory,
    };
  } finally {
    await sandbox.close();
  }
}

/** What must be as many as the different events, and is not; nothing when all are. */
export function differences(
  { distinct }: Storm,
  { executions, incidents, archived, records }: Aftermath,
): readonly string[] {
  return Object.entries({ executions, incidents, 'images archived': archived, records })
    .filter(([, count]) => count !== distinct)
    .map(([what, count]) => `${count} ${what}, and ${distinct} different events`);
}
