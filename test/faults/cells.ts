import type { Asked, FaultRule } from '../../sandbox/faults/faults.ts';
import { type FaultSpec, faultRule } from '../../sandbox/faults/spec.ts';
import { callOf } from './calls.ts';
import type { Baseline } from './ground.ts';
import type { Play } from './play.ts';
import { plays } from './plays.ts';

/** What can happen to a call. `…-on`: from this call on, until the fault is lifted. */
export const faultNames = [
  'none',
  'throttled',
  'throttled-on',
  'failed',
  'failed-on',
  'denied',
  'denied-on',
  'lost-before',
  'lost-after',
  'slow',
  'stale',
  'killed-before',
  'killed-before-on',
  'killed-after',
  'unanswered',
] as const;
export type FaultName = (typeof faultNames)[number];

/** One thing that goes wrong in one play. */
export interface Cell {
  readonly play: Play;
  /** As `callOf` words it. */
  readonly call: string;
  /** Which of these calls in the play, from 1. */
  readonly nth: number;
  readonly fault: FaultName;
}

/** What reproduces it: `quarantine/act ecr:UpdateImageStorageClass/1/lost-after`. */
export const nameOf = ({ play, call, nth, fault }: Cell): string => `${play.name}/${call}/${nth}/${fault}`;

/** @throws Error in one sentence when there is no such cell */
export function cellNamed(name: string): Cell {
  const [playName = '', call = '', nth = '', fault = ''] = name.split('/');
  const play = plays.find((one) => one.name === playName);
  if (play === undefined) throw new Error(`There is no play ${playName}: ${plays.map((one) => one.name).join(', ')}.`);
  const found = faultNames.find((one) => one === fault);
  if (found === undefined) throw new Error(`There is no fault ${fault}: ${faultNames.join(', ')}.`);
  if (!/^[1-9]\d*$/.test(nth)) throw new Error(`${name}: which call is a number from 1, not ${nth}.`);
  return { play, call, nth: Number(nth), fault: found };
}

/** Whose changes are not seen at once by those who read (AWS's documentation: eventual consistency of ECS, ECR, EC2, scaling). */
const EVENTUAL = /^\S+ (?:ecs|ecr|application-autoscaling|ec2):/;
const READS = /:(?:Describe|List|Get|BatchGet|Query|Filter)/;
const ONCE: readonly FaultName[] = ['throttled', 'failed', 'lost-before', 'lost-after'];

/** What can happen to a call of this kind. */
export function faultsOf(call: string): readonly FaultName[] {
  if (call.startsWith('aws lambda:Run')) return ['killed-before', 'killed-after'];
  // A delivery that never comes cannot be known of; that it comes late or twice can.
  if (call.startsWith('aws events:Deliver')) return ['lost-after', 'slow'];
  if (call.startsWith('aws sqs:DeleteMessage')) return ['throttled', 'failed', 'lost-before'];
  if (call.startsWith('aws sqs:ReceiveMessage')) return ['throttled', 'failed'];
  if (call.startsWith('aws ')) return [...ONCE, 'slow'];
  const changes = EVENTUAL.test(call) && !READS.test(call);
  return faultNames.filter((name) => ofAnyCall(name) && (name !== 'stale' || changes));
}

/** `killed-before-on` is a function that does not start: it is of the parts below, and of no call of theirs. */
const ofAnyCall = (name: FaultName): boolean => name !== 'none' && name !== 'killed-before-on';

/** Every call of any function to the table: as `callOf` would word them, were they one. */
const TABLE = 'all dynamodb:*';
const MACHINERY = ['decide', 'act', 'verify', 'report'].map((name) => `aws lambda:Run ${name}`);

/**
 * A part without which nothing can be finished: broken from its first use on, in each play that uses it. Not in one that ends degraded
 * anyway: it would end so however early it was broken, and how far it came is what that play is about.
 */
function brokenParts(play: Play, { calls }: Baseline): readonly Cell[] {
  if (play.ends.outcome === 'degraded') return [];
  const functions = MACHINERY.filter((call) => calls.includes(call));
  return [
    ...functions.map((call): Cell => ({ play, call, nth: 1, fault: 'killed-before-on' })),
    { play, call: TABLE, nth: 1, fault: 'failed-on' },
  ];
}

/** Whether the cell breaks such a part: then somebody hears of it before it works again. */
export const isBrokenPart = ({ call, fault }: Cell): boolean => call === TABLE || fault === 'killed-before-on';

/**
 * A fix wakes nobody because AWS asked it to slow down, and how a fix takes that is its own: the calls that other plays have made before it are
 * throttled in it, too.
 */
function throttledFix(play: Play, calls: readonly string[]): readonly Cell[] {
  if (play.fixed === undefined || play.ends.outcome === 'degraded') return [];
  return calls
    .filter((call) => !call.startsWith('aws ') && !isUpkeep(call))
    .map((call): Cell => ({ play, call, nth: 1, fault: 'throttled' }));
}

const isOf = (asked: Asked, call: string): boolean =>
  call === TABLE ? asked.service === 'dynamodb' && asked.functionName !== undefined : callOf(asked) === call;

/** Upkeep goes by whatever is played: how often it has come by when a play is at rest is no fact of the play. */
const isUpkeep = (call: string): boolean => /^(sweep|guard) |^aws .*(sweep|guard|RuleEdit)/i.test(call);

/**
 * Every cell: of each call that any play makes, its first and its last, under each fault, in the first play that makes it (the first
 * play is the cheapest); each part of the machinery broken, in every play; and whatever a fix asks AWS, throttled.
 */
export function allCells(baselines: ReadonlyMap<string, Baseline>): readonly Cell[] {
  const cells: Cell[] = [];
  const seen = new Set<string>();
  for (const play of plays) {
    const baseline = baselines.get(play.name);
    // A ground may have been opened for some plays alone.
    if (baseline === undefined) continue;
    cells.push({ play, call: 'nothing', nth: 1, fault: 'none' }, ...brokenParts(play, baseline));
    const calls = Map.groupBy(baseline.calls, (call) => call);
    cells.push(
      ...throttledFix(
        play,
        [...calls.keys()].filter((call) => seen.has(call)),
      ),
    );
    for (const [call, times] of calls) {
      if (seen.has(call)) continue;
      seen.add(call);
      for (const nth of new Set([1, isUpkeep(call) ? 1 : times.length])) {
        for (const fault of faultsOf(call)) cells.push({ play, call, nth, fault });
      }
    }
  }
  return cells;
}

/** Each call of each play, under each fault, and each part of the machinery broken. */
export function everyCell(baselines: ReadonlyMap<string, Baseline>): readonly Cell[] {
  return plays.flatMap((play) => {
    const nths = new Map<string, number>();
    const baseline = baselines.get(play.name);
    const broken = baseline === undefined ? [] : brokenParts(play, baseline);
    const calls = (baseline?.calls ?? []).flatMap((call) => {
      const nth = (nths.get(call) ?? 0) + 1;
      nths.set(call, nth);
      return faultsOf(call).map((fault): Cell => ({ play, call, nth, fault }));
    });
    return [...broken, ...calls];
  });
}

/** The cell as a rule of the account; `hits` counts how often it struck, `atFirst` is called before it does so for the first time. */
export function ruleOf(
  cell: Cell,
  atFirst: () => void = () => undefined,
): { readonly rule: FaultRule; hits(): number } {
  let seen = 0;
  let hits = 0;
  const strike = strikeOf(cell);
  return {
    hits: () => hits,
    rule: (asked) => {
      if (!isOf(asked, cell.call)) return undefined;
      seen += 1;
      if (goesOn(cell) ? seen < cell.nth : seen !== cell.nth) return undefined;
      if (hits === 0) atFirst();
      hits += 1;
      return strike?.(asked);
    },
  };
}

/** Until it is lifted. */
export const goesOn = ({ fault }: Pick<Cell, 'fault'>): boolean => fault.endsWith('-on');

/** How late an answer is, and how long a read is stale: ECS's own documentation speaks of seconds. */
const SECONDS = 20;

/** What becomes of the call that is struck; undefined: nothing. */
function strikeOf({ fault }: Cell): FaultRule | undefined {
  if (fault === 'none') return undefined;
  return faultRule({ fault: fault.replace(/-on$/, '') as FaultSpec['fault'], seconds: SECONDS });
}
