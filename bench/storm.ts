/**
 * `npm run bench:storm`: ten thousand events at once, a thousand different ones, each ten times and shuffled, on the embedded account.
 * First all are taken in while the runs they start wait; then the runs go, so many at a time. Prints the rates beside their goals,
 * and memory as it goes; ends with 1 where executions and incidents differ.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
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
const RECORDED_GOAL = 300;
const RUNS_GOAL = 8;
const ACCOUNT = '123456789012';

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

async function openStorm(distinct: number): Promise<Sandbox> {
  const world = worldSchema.parse({
    account: ACCOUNT,
    repositories: Array.from({ length: distinct }, (_, n) => ({
      name: repositoryOf(n),
      images: [{ digest: digestOf(n), scan: { CRITICAL: 3 } }],
    })),
  });
  const template = JSON.parse(readFileSync(join(dist, 'template.json'), 'utf8'));
  const sandbox = await openSandbox({ template, bundles: join(dist, 'bundles') }, { world });
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

const megabytes = (): string => `${Math.round(process.memoryUsage().rss / 1e6)} MB`;

/** Lets time pass until something is so. */
async function until({ clock }: Sandbox, reached: () => boolean): Promise<void> {
  for (let second = 0; !reached(); second += 1) {
    if (second > 24 * 3600) throw new Error('a day has passed, and it did not come to that');
    await clock.advance(1000);
  }
}

async function storm(distinct: number, times: number, atOnce: number, seed: number): Promise<boolean> {
  const sandbox = await openStorm(distinct);
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    const { account, clock } = sandbox;
    const gate = gateRuns(account);
    const events = shuffled(
      Array.from({ length: distinct * times }, (_, n) => n % distinct),
      seed,
    );
    const at = new Date(clock.now());
    const memory = [megabytes()];
    let from = performance.now();
    for (const n of events) putRawEvent(account, eventOf(n, at));
    await until(sandbox, () => countOf(sandbox, 'record') === distinct && waiting(sandbox) === 0);
    const recorded = events.length / ((performance.now() - from) / 1000);
    memory.push(megabytes());

    from = performance.now();
    gate.open(atOnce);
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await until(sandbox, () => gate.ended() >= distinct * share);
      memory.push(megabytes());
    }
    await until(sandbox, () => archived(sandbox) === distinct);
    const runs = distinct / ((performance.now() - from) / 1000);

    const executions = statesOf(account).executions.size;
    const incidents = countOf(sandbox, 'head');
    say(`${events.length} events, ${distinct} different ones, each ${times} times, shuffled by seed ${seed}`);
    say(`to recorded   ${recorded.toFixed(0).padStart(5)} events/s   goal ${RECORDED_GOAL}`);
    say(`to outcome    ${runs.toFixed(1).padStart(5)} runs/s     goal ${RUNS_GOAL}   (${atOnce} at a time)`);
    say(
      `executions    ${executions}, incidents ${incidents}, images archived ${archived(sandbox)}, records ${countOf(sandbox, 'record')}`,
    );
    say(`memory        ${memory.join(' → ')} (opened, recorded, then each quarter of the runs)`);
    return executions === incidents && incidents === distinct && archived(sandbox) === distinct;
  } finally {
    await sandbox.close();
  }
}

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000' },
    times: { type: 'string', default: '10' },
    'at-once': { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
});
const held = await storm(Number(values.events), Number(values.times), Number(values['at-once']), Number(values.seed));
if (!held) process.stderr.write('bench:storm: executions and incidents differ, or not every image was archived\n');
process.exitCode = held ? 0 : 1;
