import { canaryOf } from '../finding/canary.ts';
import { parseEnvelope } from '../finding/envelope.ts';
import type { Finding } from '../finding/finding.ts';
import { contentHash } from '../finding/hash.ts';
import { sourceFor } from '../finding/registry.ts';
import type { Envelope, Parsed } from '../finding/source.ts';
import { goesOnAfter } from '../incident/earlier.ts';
import { markCounted, placeFinding, touchFinding, unchangedCountsAfter } from '../incident/findings.ts';
import { readHead } from '../incident/head.ts';
import type { EventRecord } from '../incident/items.ts';
import { noteActivity, raise } from '../incident/raise.ts';
import { putRecord } from '../incident/records.ts';
import { InvalidEvent } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import { takeCanary } from './canary.ts';
import { concernOf } from './concern.ts';
import type { Effects } from './effects.ts';
import { type StartEffects, start } from './start.ts';

export type IntakeEffects = StartEffects & Pick<Effects, 'deadLetters'>;

/** One message of the queue. */
export interface Delivery {
  readonly messageId: string;
  readonly body: string;
}

/**
 * Protocol 1 for a batch. What can never succeed goes to the dead letters and does not stop the others; what failed for
 * now is answered by its message id, so that the queue delivers it again: a repeat from any point does no harm.
 */
export async function intake(effects: IntakeEffects, batch: readonly Delivery[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { messageId, body } of batch) {
    try {
      await takeIn(effects, body);
    } catch (error) {
      effects.log('Event could not be taken in; it is delivered again', { messageId, error });
      failed.push(messageId);
    }
  }
  return failed;
}

async function takeIn(effects: IntakeEffects, body: string): Promise<void> {
  const at = effects.clock.now().toISOString();
  let read: { readonly envelope: Envelope; readonly parsed: Parsed; readonly volatile: readonly string[] };
  try {
    read = readEvent(body);
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    const { message: reason, path } = error;
    await effects.deadLetters.send(body, reason, path);
    await putRecord(effects.table, { id: idOf(body), result: 'invalid', reason, path, at });
    return;
  }
  const { envelope, parsed, volatile } = read;
  const { id } = envelope;
  if (canaryOf(envelope) !== undefined) return takeCanary(effects, envelope);
  if (parsed.kind === 'ignored' || parsed.findings.length === 0) {
    const reason = parsed.kind === 'ignored' ? parsed.reason : 'the event names no finding';
    await putRecord(effects.table, { id, result: 'ignored', reason, at });
    return;
  }
  const told: Told[] = [];
  const unconcerned: string[] = [];
  for (const finding of parsed.findings) {
    const hash = contentHash(finding, volatile);
    const concern = await concernOf(effects, finding);
    if (concern.kind === 'nobody') unconcerned.push(concern.reason);
    else
      for (const incident of concern.incidents) {
        told.push(await deliver(effects, incident, { finding, hash, event: id }));
      }
  }
  for (const incident of new Set(told.map((one) => one.incident))) await start(effects, incident);
  await putRecord(effects.table, recordOf(id, at, told, unconcerned[0]));
}

function readEvent(body: string): { envelope: Envelope; parsed: Parsed; volatile: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw new InvalidEvent('$', 'the event is not JSON', { cause });
  }
  const envelope = parseEnvelope(value);
  const source = sourceFor(envelope);
  const reason = `no source reads "${envelope['detail-type']}" events of ${envelope.source}`;
  const parsed: Parsed = source === undefined ? { kind: 'ignored', reason } : source.parse(envelope);
  return { envelope, parsed, volatile: source?.volatile ?? [] };
}

/** The id of an event that is invalid: its own where it has one, else the hash of its bytes, so that a repeat has the same. */
function idOf(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    if (
      typeof value === 'object' &&
      value !== null &&
      'id' in value &&
      typeof value.id === 'string' &&
      value.id !== ''
    ) {
      return value.id.slice(0, 256);
    }
  } catch {
    // Not JSON: it has no id.
  }
  return `sha256:${sha256Hex(body)}`;
}

/** What a finding was to its incident. */
export interface Told {
  readonly incident: string;
  readonly run: string | undefined;
  readonly result: 'accepted' | 'duplicate';
  readonly reason: string;
}

/** Protocol 1 for one finding of one incident: put it, raise the head's `seq` if it counts, mark it counted. */
export async function deliver(
  effects: Pick<Effects, 'table' | 'clock' | 'newId'>,
  incident: string,
  delivered: { readonly finding: Finding; readonly hash: string; readonly event: string },
): Promise<Told> {
  const { table, clock, newId } = effects;
  const known = await readHead(table, incident);
  const after = unchangedCountsAfter(known);
  const placed = await placeFinding(table, incident, delivered, after);
  if (placed.kind === 'news') {
    const { activity, unchanged } = placed.stored;
    const goesOn = goesOnAfter(known, placed.stored);
    const news = { run: newId(), now: clock.now(), activity, unchanged, goesOn };
    const head = await raise(table, incident, news);
    await markCounted(table, incident, placed.stored, head.seq);
    return { incident, run: head.run, result: 'accepted', reason: 'counts for the incident' };
  }
  if (placed.kind === 'superseded') {
    if (placed.ours)
      return { incident, run: known?.run, result: 'accepted', reason: 'counted until a later version came' };
    const reason = 'a later version of this finding was delivered before';
    return { incident, run: known?.run, result: 'duplicate', reason };
  }
  const noted = await noteActivity(table, incident, placed.activity);
  // Contained, come to rest or closed since it was taken for a duplicate: it may count now.
  if (unchangedCountsAfter(noted) !== after) return deliver(effects, incident, delivered);
  await touchFinding(table, incident, delivered.finding.id, placed.activity);
  return placed.ours
    ? { incident, run: known?.run, result: 'accepted', reason: 'counts for the incident' }
    : { incident, run: known?.run, result: 'duplicate', reason: 'this finding is known and says nothing new' };
}

function recordOf(id: string, at: string, told: readonly Told[], unconcerned: string | undefined): EventRecord {
  const main = told.find(({ result }) => result === 'accepted') ?? told[0];
  const incidents = [...new Set(told.map(({ incident }) => incident))];
  return {
    id,
    result: main?.result ?? 'ignored',
    reason: main?.reason ?? unconcerned ?? 'the event names no finding',
    at,
    ...(main === undefined ? {} : { incident: main.incident }),
    ...(main?.run === undefined ? {} : { run: main.run }),
    ...(incidents.length > 1 ? { incidents } : {}),
  };
}
