import { type AskedImage, readAskedImage } from '../account/askedImage.ts';
import { readsWith } from '../account/reads.ts';
import type { Reference } from '../account/reference.ts';
import { type RunningImage, readRunningImages } from '../account/runningImages.ts';
import { type InventoryImage, type InventoryRecord, readInventory, writeInventory } from '../incident/inventories.ts';
import { signatureQuestions } from '../plan/gate/questions.ts';
import { runningVerdict, unreadVerdict } from '../plan/gate/running.ts';
import type { EventBus } from '../platform/events.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Aws } from '../platform/sdk/aws.ts';
import type { ImagePolicy, RuleSet } from '../rules/rule.ts';
import type { Effects } from './effects.ts';
import { type Judged, tellGone, tellNoMore, tellOf } from './inventoryEvents.ts';

export interface InventoryEffects extends Pick<Effects, 'table' | 'clock' | 'log' | 'ruleSets'> {
  readonly region: string;
  /** Clients of a Region, on credentials that only read. */
  readonly aws: (region: string) => Aws;
  readonly bus: EventBus;
  /** After so long no other image is begun with: the next run goes on. */
  readonly mostMs: number;
}

/** `off`: nothing is wanted of images. `waits`: the next pass is not due yet. `goes-on`: the next run goes on with this one. */
export interface Inventoried {
  readonly state: 'off' | 'waits' | 'goes-on' | 'done';
  readonly images: number;
  readonly events: number;
}

/** So many images are looked at in one run: some five calls each. */
const mostImages = 500;
const mostUnread = 5;
const hourMs = 3_600_000;
const defaultHours = 24;

/**
 * Holds every image that runs against what the settings want of images, once in so many hours, in as many runs as that takes. What is refused
 * goes the ordinary way of an event. Nothing is told of what could not be read but that: it is neither refused nor clean. A repeat
 * from any point does no harm: events are put before it is noted that they were.
 */
export async function inventory(effects: InventoryEffects): Promise<Inventoried> {
  const { table, clock, ruleSets, bus, log } = effects;
  const began = clock.now();
  const record = await readInventory(table);
  const { set } = await ruleSets.current();
  const { images: policy } = set.settings;
  if (policy === undefined) return off(effects, record);
  const pass = passOf(record, policy, began);
  if (pass === undefined) return { state: 'waits', images: 0, events: 0 };

  const running = await readRunningImages(readsWith(effects.aws(effects.region)));
  const todo = running.images.filter(({ name }) => pass.after === null || name > pass.after);
  const judged: Judged[] = [];
  for (const image of todo.slice(0, mostImages)) {
    if (clock.now().getTime() - began.getTime() >= effects.mostMs) break;
    judged.push(await judge(effects, image, set));
  }
  const isOver = judged.length === todo.length;
  const telling = tellOf(judged, pass.told, pass.fresh);
  const names = new Set(running.images.map(({ name }) => name));
  const gone = isOver ? tellGone(telling.told, names, running.unread.length === 0) : { events: [], told: telling.told };
  const events = [...telling.events, ...gone.events];
  await bus.put(events);
  const unclear = judged.filter(({ verdict }) => verdict.unknown.length > 0);
  const unread = [
    ...running.unread.map(({ place, why }) => `${place}: ${why}`),
    ...unclear.map(({ image, verdict }) => `${image.name}: ${verdict.why.join(' ')}`),
  ];
  const next = {
    ...pass,
    finishedAt: isOver ? clock.now().toISOString() : null,
    after: judged.at(-1)?.image.name ?? pass.after,
    images: pass.images + judged.length,
    refused: pass.refused + judged.filter(({ verdict }) => verdict.refused.length > 0).length,
    unknown: pass.unknown + unclear.length,
    fresh: telling.fresh,
    unread: [...new Set([...pass.unread, ...unread])].slice(0, mostUnread),
    told: gone.told,
  };
  const written = await writeInventory(table, record, next);
  const { images, refused, unknown } = next;
  log('Looked at the images that run', { images, refused, unknown, events: events.length, isOver, written });
  return { state: isOver ? 'done' : 'goes-on', images: judged.length, events: events.length };
}

/** What is wanted of images no more is refused no more. */
async function off({ table, bus, clock }: InventoryEffects, record: InventoryRecord | undefined): Promise<Inventoried> {
  if (record === undefined || record.told.length === 0) return { state: 'off', images: 0, events: 0 };
  const events = tellNoMore(record.told, 'The settings want nothing of images any more');
  await bus.put(events);
  const { writes: _writes, ...rest } = record;
  await writeInventory(table, record, { ...rest, told: [], policy: '', finishedAt: clock.now().toISOString() });
  return { state: 'off', images: 0, events: events.length };
}

/** The pass that is under way, or one that begins; undefined while none is due. */
function passOf(
  record: InventoryRecord | undefined,
  policy: ImagePolicy,
  now: Date,
): Omit<InventoryRecord, 'writes'> | undefined {
  const hash = sha256Hex(canonicalJson(policy));
  const { writes: _writes, ...known } = record ?? { told: [], writes: 0 };
  const begun = {
    ...{ policy: hash, startedAt: now.toISOString(), finishedAt: null, after: null },
    ...{ images: 0, refused: 0, unknown: 0, fresh: 0, unread: [], told: known.told },
  };
  if (record === undefined || record.policy !== hash) return begun;
  if (record.finishedAt === null) return { ...begun, ...known };
  const dueMs = Date.parse(record.startedAt) + (policy.inventoryHours ?? defaultHours) * hourMs;
  return now.getTime() >= dueMs - slackMs ? begun : undefined;
}

/** The clock that comes every hour does not come to the second. */
const slackMs = 5 * 60_000;

async function judge(
  effects: InventoryEffects,
  { name, reference, runs }: RunningImage,
  set: RuleSet,
): Promise<Judged> {
  if (reference === null) {
    const where = { registry: 'unknown', repository: name, digest: null, account: null, region: null };
    return { image: { name, ...where, tags: [] }, runs, verdict: unreadVerdict(set) };
  }
  const asked = await askedOf(effects, reference, set);
  const { ecr, registry, repository, digest } = reference;
  const image: InventoryImage = {
    ...{ name, registry, repository, digest, tags: asked?.image?.tags ?? [] },
    ...{ account: ecr?.account ?? null, region: ecr?.region ?? null },
  };
  const verdict = runningVerdict({ reference, asked, set, now: effects.clock.now(), runsIn: effects.region });
  return { image, runs, verdict };
}

async function askedOf(
  { aws }: InventoryEffects,
  { ecr, digest }: Reference,
  { settings }: RuleSet,
): Promise<AskedImage | null> {
  if (ecr === null) return null;
  // Its tag may point to another image by now.
  if (digest === null) {
    const unread = [{ place: 'which image runs', why: 'nothing says its digest' }];
    return { image: null, missing: null, runnable: [], leftOut: [], signatures: null, unread };
  }
  const questions = signatureQuestions(settings.images ?? {});
  return readAskedImage(readsWith(aws(ecr.region)), ecr, { ...questions, scan: 'status' });
}
