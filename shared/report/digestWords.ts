import type { Tier } from '../rules/rule.ts';
import { aboutKey } from './about.ts';
import { commandFor } from './command.ts';
import { type DigestLine, type DigestModel, isEmpty, type WaitingLine } from './digestModel.ts';
import { ascii, cut, plain, shellWord } from './text.ts';

/** The parts of a digest, for its text and its HTML alike: each line is plain text already. */
export interface DigestPart {
  readonly heading: string;
  readonly lines: readonly string[];
  /** How many lines were left out. */
  readonly more: number;
}

/** So many lines of a part are shown; of all the others the number is. */
const mostLines = 20;
/** A command with a long key has room in it. */
const longestLine = 1000;

const minuteMs = 60_000;

/** How long something has been so: `3 days`, `5 hours`, `20 minutes`. */
export function age(since: string, at: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(at) - Date.parse(since)) / minuteMs));
  const [n, word] =
    minutes >= 2880
      ? [Math.floor(minutes / 1440), 'day']
      : minutes >= 120
        ? [Math.floor(minutes / 60), 'hour']
        : [minutes, 'minute'];
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}

const time = (iso: string): string => cut(iso, 40).replace(/\.\d+Z$/, 'Z');

/** Texts of others are cut to a length here, and made plain with their whole line: see `partsOf`. Of an image without most of its digest: a line is for people, and the key is in the command. */
function nameOf(incident: string): string {
  const { name, digest, region } = aboutKey(incident);
  const short = digest === null ? '' : `@${cut(digest, 80).replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1')}`;
  return `${cut(name, 120)}${cut(short, 80)}${region === '' ? '' : ` (${cut(region, 40)})`}`;
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const told = (tiers: readonly Tier[]): string => (tiers.length === 0 ? 'told here' : `told by ${tiers.join(' and ')}`);

function command({ incident, asks }: WaitingLine, stage: string): string {
  const shown = commandFor(asks === null ? 'incidents show' : 'approve', incident, stage);
  return asks === null ? shown : `${shown} --plan ${shellWord(asks)}`;
}

const days = 7;
export const soonMs = days * 86_400_000;

const outcomes: Readonly<Record<DigestLine['outcome'], string>> = {
  contained: 'contained',
  degraded: 'contained, a step failed,',
  'not-contained': 'NOT contained',
  held: 'held',
  observed: 'seen, nothing done,',
  joined: 'joined another',
  undone: 'undone',
  released: 'released',
  ignored: 'ignored',
  running: 'under way',
  'not-fixed': 'NOT fixed, a step failed,',
};

/** Its parts, in the order in which a person wants to know of them; none is empty. Pure. */
export function partsOf(model: DigestModel): readonly DigestPart[] {
  const { stage, at } = model;
  const since = (line: DigestLine): string =>
    `${nameOf(line.incident)}: ${outcomes[line.outcome]} for ${age(line.since, at)}`;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Waits for a person', model.waiting.map((one) => `${since(one)}. ${cut(one.why, 200)} ${command(one, stage)}`)],
    ['Not contained', model.open.map((one) => `${since(one)}. ${commandFor('incidents show', one.incident, stage)}`)],
    [
      'Contained',
      model.contained.map(
        (one) => `${nameOf(one.incident)}: ${outcomes[one.outcome]} ${time(one.since)}, ${told(one.tiers)}`,
      ),
    ],
    ['Undone or released', model.undone.map((one) => `${nameOf(one.incident)}: ${time(one.since)}`)],
    [
      'Rules that only observe would have acted',
      model.observed.map(({ rule, times }) => `${cut(rule, 64)}: in ${count(times, 'incident', 'incidents')}`),
    ],
    ['Told here', model.others.map(({ subject }) => cut(subject.replace(/^NO ACTION: /, ''), 120))],
    ['Images that are accused and not quarantined', model.images.map(since)],
    ['Hosts that are not patched', model.hosts.map(since)],
    ['Others that are not fixed', model.unfixed.map(since)],
    [
      `Exemptions that end within ${days} days`,
      model.exemptions.map(
        ({ name, owner, expires, reason }) =>
          `${cut(name, 64)} of ${cut(owner, 60)}: ${time(expires)}. ${cut(reason, 120)}`,
      ),
    ],
    [
      `Leases that end within ${days} days: nothing is released by itself`,
      model.leases.map((one) => `${nameOf(one.incident)}: ${cut(one.target, 120)} ${time(one.expires)}`),
    ],
  ];
  return parts
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => ({
      heading,
      lines: lines.slice(0, mostLines).map((line) => plain(line, longestLine)),
      more: Math.max(0, lines.length - mostLines),
    }));
}

const whose = ({ team, stage }: DigestModel): string =>
  `${team === null ? '' : `team ${cut(team, 64)}, `}Firebreak ${cut(stage, 50)}`;

/** What happened, in some words: it is the subject, and the one line of an empty night. */
export function headlineOf(model: DigestModel): string {
  const { waiting, open, contained, images, hosts, unfixed } = model;
  const failed = [...images, ...hosts, ...unfixed].filter(({ outcome }) => outcome === 'not-fixed').length;
  const words = [
    ...(waiting.length > 0 ? [count(waiting.length, 'waits', 'wait')] : []),
    ...(open.length > 0 ? [`${open.length} not contained`] : []),
    ...(failed > 0 ? [`${failed} not fixed`] : []),
    ...(contained.length > 0 ? [`${contained.length} contained`] : []),
  ];
  const what = isEmpty(model) ? 'a quiet night' : words.length === 0 ? 'nothing waits' : words.join(', ');
  return ascii(`NO ACTION: morning digest, ${what}, ${whose(model)}`, 99);
}

/** AWS, Step Functions: Standard Workflows, us-east-1; docs/cost.md. */
const dollarsPerTransition = 0.000025;
/** What a run enters with one step, first attempts alone, and with each further one (docs/architecture.md). */
const transitions = (runs: number, steps: number): number => runs * 8 + Math.max(0, steps - runs) * 2;

/** What was sent and what it cost, as far as the table says so. */
export function costLines({ told, runs, steps }: DigestModel): readonly string[] {
  const entered = transitions(runs, steps);
  return [
    `Sent: ${count(told.page, 'page', 'pages')}, ${count(told.notice, 'notice', 'notices')}, ${told.digest} for the morning`,
    `Runs: ${runs}, with ${count(steps, 'step', 'steps')}: about ${entered} state transitions, $${(entered * dollarsPerTransition).toFixed(4)} at the price of us-east-1`,
    'Not in it: retries, functions, table, bucket, evidence, logs, and what the services that find things cost (docs/cost.md)',
  ];
}

export const unreadLine = ({ unread }: DigestModel): readonly string[] =>
  unread === 0
    ? []
    : [
        `${count(unread, 'incident was', 'incidents were')} not looked at, because there are too many: firebreak incidents list`,
      ];

export const periodOf = ({ since, at }: DigestModel): string => `${time(since)} to ${time(at)}`;
