import { bounded, titleLength } from '../finding/bounds.ts';
import type { RefusedImage } from '../finding/finding.ts';
import { inventorySource, inventoryType } from '../finding/runningImage.ts';
import type { InventoryImage, ToldImage } from '../incident/inventories.ts';
import type { RunningVerdict } from '../plan/gate/running.ts';
import type { OwnEvent } from '../platform/events.ts';

/** What was made of one image that runs. */
export interface Judged {
  readonly image: InventoryImage;
  readonly runs: readonly string[];
  readonly verdict: RunningVerdict;
}

/** What to say, and what has been said then. */
export interface Telling {
  readonly events: readonly OwnEvent[];
  readonly told: readonly ToldImage[];
  /** Images that were told of for the first time. */
  readonly fresh: number;
}

/** More that are new in one pass than this are told as one: whoever turns a policy on hears of it once, and not hundreds of times. */
export const mostAtOnce = 20;
/** More refused images than these are told of as many, and not remembered one by one: they must fit into one item of the table. */
export const mostTold = 1_000;
/** What is not found in one pass may have been between two runs of it. */
const missedUntilGone = 2;

interface Reasoned {
  readonly reason: RefusedImage['reason'];
  readonly status: 'REFUSED' | 'RESOLVED';
  readonly message: string;
}

/** One event for one image: of one image people hear once. */
const eventOf = (reasons: readonly Reasoned[], about: Partial<Pick<Judged, 'image' | 'runs'>> = {}): OwnEvent => ({
  source: inventorySource,
  type: inventoryType,
  detail: { ...about, reasons },
});

const refusedSo = (reason: Reasoned['reason'], message: string): Reasoned => ({
  ...{ reason, status: 'REFUSED', message: bounded(message, titleLength) },
});

const over = (refusals: readonly string[], why: string): readonly Reasoned[] =>
  refusals.map((refusal) => ({ reason: refusal as Reasoned['reason'], status: 'RESOLVED', message: why }));

const allOver = ({ image, refusals }: ToldImage, why: string): OwnEvent => eventOf(over(refusals, why), { image });

/** All that was told is over: nothing is wanted of images any more. */
export function tellNoMore(told: readonly ToldImage[], why: string): readonly OwnEvent[] {
  const own = told.filter(({ by }) => by === 'own');
  return [...own.map((one) => allOver(one, why)), ...(own.length < told.length ? [eventOf(over(['many'], why))] : [])];
}

/**
 * What to tell of the images that were looked at. A refusal is told again each time, so that an event that was lost comes; one that could
 * not be told this time stays as it was told. Pure.
 * @param fresh so many were told of for the first time in this pass before
 */
export function tellOf(judged: readonly Judged[], told: readonly ToldImage[], fresh: number): Telling {
  const before = new Map(told.map((one) => [one.image.name, one]));
  const after = new Map(before);
  const events: OwnEvent[] = [];
  const waiting: Judged[] = [];
  for (const one of judged) {
    const { image, verdict } = one;
    const known = before.get(image.name);
    const unknown = new Set<string>(verdict.unknown);
    const refused = new Set<string>(verdict.refused.map(({ refusal }) => refusal));
    const stays = (known?.refusals ?? []).filter((refusal) => unknown.has(refusal));
    const gone = (known?.refusals ?? []).filter((refusal) => !unknown.has(refusal) && !refused.has(refusal));
    if (known?.by === 'own') events.push(...saying(one, over(gone, 'No longer refused')));
    else if (refused.size > 0) waiting.push(one);
    const refusals = [...new Set([...stays, ...refused])].sort();
    if (refusals.length === 0) after.delete(image.name);
    else after.set(image.name, { image, refusals, by: known?.by ?? 'many', missed: 0 });
  }
  const isMany = fresh + waiting.length > mostAtOnce || after.size > mostTold;
  if (!isMany) {
    for (const one of waiting) {
      events.push(...saying(one));
      const now = after.get(one.image.name);
      if (now !== undefined) after.set(one.image.name, { ...now, by: 'own' });
    }
  }
  const all = [...after.values()];
  const many = all.filter(({ by }) => by === 'many');
  if (many.length > 0) events.push(eventOf([refusedSo('many', manySentence(many))]));
  else if (told.some(({ by }) => by === 'many')) {
    events.push(eventOf(over(['many'], 'No longer are so many images refused that they are told as one')));
  }
  const kept = all.toSorted((a, b) => Number(a.by === 'many') - Number(b.by === 'many')).slice(0, mostTold);
  return {
    events,
    told: kept,
    fresh: isMany ? fresh : fresh + waiting.filter(({ image }) => !before.has(image.name)).length,
  };
}

function saying({ image, runs, verdict }: Judged, gone: readonly Reasoned[] = []): readonly OwnEvent[] {
  const [first = 'something', ...more] = runs;
  const by = `${bounded(first, 80)}${more.length === 0 ? '' : ` and ${more.length} more`} ${more.length === 0 ? 'runs' : 'run'} it`;
  const refused = verdict.refused.map(({ refusal, message }) => refusedSo(refusal, `${by}: ${message}`));
  const reasons = [...refused, ...gone];
  return reasons.length === 0 ? [] : [eventOf(reasons, { image, runs })];
}

function manySentence(many: readonly ToldImage[]): string {
  const times = new Map<string, number>();
  for (const refusal of many.flatMap(({ refusals }) => refusals)) times.set(refusal, (times.get(refusal) ?? 0) + 1);
  const counts = [...times].sort(([, a], [, b]) => b - a).map(([refusal, n]) => `${n} ${refusal}`);
  const [first] = many;
  return `${many.length} images that run here are refused by what the settings want of images: ${counts.join(', ')}; among them ${first?.image.name ?? ''}`;
}

/**
 * At the end of a pass: what nothing ran in two passes in a row is over. Where not all could be read, an absence says nothing.
 * @param names of the images that run
 */
export function tellGone(
  told: readonly ToldImage[],
  names: ReadonlySet<string>,
  isWhole: boolean,
): Pick<Telling, 'events' | 'told'> {
  if (!isWhole) return { events: [], told };
  const counted = told.map((one) => ({ ...one, missed: names.has(one.image.name) ? 0 : one.missed + 1 }));
  const gone = counted.filter(({ missed }) => missed >= missedUntilGone);
  const stays = counted.filter(({ missed }) => missed < missedUntilGone);
  const wasMany = told.some(({ by }) => by === 'many') && !stays.some(({ by }) => by === 'many');
  return {
    events: [
      ...gone.filter(({ by }) => by === 'own').map((one) => allOver(one, 'Nothing runs it any more')),
      ...(wasMany ? [eventOf(over(['many'], 'None of the many images that were refused runs any more'))] : []),
    ],
    told: stays,
  };
}
