/**
 * `npm run bench:replay [-- --events N --seed N --rules DIR --json]`: a generated month through the replay, as a stream, with the default pack: how many
 * events a second on one core, and how much memory, from ten thousand events to a million. Each length has a process of its own. Nothing here
 * passes or fails: figures of time depend on the machine.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadArtifacts, root } from '../cli/artifacts.ts';
import { readRules } from '../cli/explain/command.ts';
import { routesOf } from '../cli/explain/routes.ts';
import { replay } from '../cli/replay/replay.ts';
import { eventsFrom } from '../cli/replay/stream.ts';
import { zoneClock } from '../cli/replay/zone.ts';
import { wholeNumber } from '../tools/wholeNumber.ts';
import { type Figure, figureLine, isMet } from './figure.ts';
import { month } from './month/month.ts';

const GOAL_PER_SECOND = 20_000;
/** Flat: the memory of a million events, to that of ten thousand. */
const GOAL_TIMES = 1.5;
/** What the process may keep at once. It takes all that it may; a replay that kept its events would end here. */
const HEAP_MB = 256;
const chunkLines = 200;

interface Measured {
  readonly events: number;
  readonly perSecond: number;
  /** After a collection at the end: what is kept. */
  readonly keptMb: number;
  /** The most that the process had at once. */
  readonly peakMb: number;
  readonly incidents: number;
  readonly findings: number;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The month as bytes, as a file would hand them on; what making them costs is counted apart. */
async function* bytesOf(events: number, seed: number, spent: { ms: number }): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const texts = month({ events, seed });
  for (;;) {
    const from = cpuMs();
    const lines: string[] = [];
    for (let next = texts.next(); next.done !== true; next = texts.next()) {
      lines.push(next.value);
      if (lines.length === chunkLines) break;
    }
    const bytes = encoder.encode(`${lines.join('\n')}\n`);
    spent.ms += cpuMs() - from;
    if (lines.length === 0) return;
    yield bytes;
  }
}

async function measure(events: number, seed: number, rules: string): Promise<Measured> {
  const spent = { ms: 0 };
  const options = {
    sets: [readRules(rules)],
    at: new Date('2026-11-01T00:00:00Z'),
    routes: routesOf(loadArtifacts().template),
    zone: zoneClock('UTC'),
  };
  const from = cpuMs();
  const { sides } = await replay(eventsFrom(bytesOf(events, seed, spent), 'a generated month'), options);
  const ms = cpuMs() - from - spent.ms;
  globalThis.gc?.();
  const [known] = sides.map((side) => side.known);
  return {
    events,
    perSecond: (events / ms) * 1000,
    keptMb: process.memoryUsage().heapUsed / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1000,
    incidents: known?.incidents ?? 0,
    findings: known?.findings ?? 0,
  };
}

/** In a process of its own, so that what one length leaves behind is not the next one's. */
function measured(events: number, seed: number, rules: string): Measured {
  const self = fileURLToPath(import.meta.url);
  const given = [
    '--expose-gc',
    `--max-old-space-size=${HEAP_MB}`,
    self,
    '--only',
    '--events',
    `${events}`,
    '--seed',
    `${seed}`,
    '--rules',
    rules,
  ];
  const run = spawnSync(process.execPath, given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) throw new Error(`${events} events could not be replayed`);
  return JSON.parse(run.stdout) as Measured;
}

const lineOf = ({ events, perSecond, keptMb, peakMb, incidents, findings }: Measured): string =>
  [events, perSecond, keptMb, peakMb, incidents, findings]
    .map((value) => Math.round(value).toLocaleString('en-US').padStart(12))
    .join('');

function figuresOf(all: readonly Measured[]): readonly Figure[] {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return [];
  const flat = { at: 'most', value: GOAL_TIMES } as const;
  return [
    {
      name: `events replayed with the default pack, one core (${last.events.toLocaleString('en-US')})`,
      value: last.perSecond,
      unit: 'events/s',
      goal: { at: 'least', value: GOAL_PER_SECOND },
    },
    { name: 'memory kept, the longest to the shortest', value: last.keptMb / first.keptMb, unit: 'times', goal: flat },
    { name: 'most memory at once, the longest to the shortest', value: last.peakMb / first.peakMb, unit: 'times' },
  ];
}

const options = {
  events: { type: 'string', default: '1000000' },
  seed: { type: 'string', default: '1' },
  rules: { type: 'string', default: join(root, 'rules') },
  json: { type: 'boolean', default: false },
  only: { type: 'boolean', default: false },
} as const;

async function bench(): Promise<void> {
  const { values } = parseArgs({ options });
  const [events, seed] = [wholeNumber(values.events, 'events', 1), wholeNumber(values.seed, 'seed')];
  if (values.only) {
    process.stdout.write(JSON.stringify(await measure(events, seed, values.rules)));
    return;
  }
  const lengths = [10_000, 100_000].filter((some) => some < events);
  const all = [...lengths, events].map((some) => measured(some, seed, values.rules));
  const figures = figuresOf(all);
  if (values.json) {
    const met = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
    process.stdout.write(
      `${JSON.stringify({ version: 1, node: process.version, measured: all, figures: met }, null, 2)}\n`,
    );
    return;
  }
  const head = ['events', 'a second', 'MB kept', 'MB at most', 'incidents', 'findings'];
  const lines = [head.map((text) => text.padStart(12)).join(''), ...all.map(lineOf), '', ...figures.map(figureLine)];
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  await bench();
} catch (error) {
  process.stderr.write(`bench:replay: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
