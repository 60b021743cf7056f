import { type Random, seededRandom } from '../../sandbox/kernel/random.ts';
import * as events from './events.ts';
import { type Attack, fleetOf, hex, monthMs, monthStartMs, picked } from './fleet.ts';

export interface Month {
  readonly events: number;
  readonly seed: number;
}

/** So many of the last events may come a second time. */
const mayRepeat = 40;

/**
 * A month of a company as its events would have been recorded, one JSON text each, as they come: weaknesses that Inspector sends again and
 * again, scans, attacks that last some hours, configuration that is broken and mended, pushes, and beside them what is late, comes
 * twice, concerns nobody or cannot be read. The same seed gives the same month; more events make it denser, not longer, and the
 * company no larger.
 */
export function* month({ events: wanted, seed }: Month): Generator<string> {
  const random = seededRandom(seed);
  const fleet = fleetOf(random);
  const attacks = fleet.attacks.toSorted((a, b) => a.fromMs - b.fromMs);
  const recent: string[] = [];
  let next = 0;
  const active: Attack[] = [];
  for (let n = 0; n < wanted; n += 1) {
    if (recent.length === mayRepeat && random.next() < 0.01) {
      yield picked(recent, random);
      continue;
    }
    const dueMs = monthStartMs + Math.floor((n / wanted) * monthMs);
    while ((attacks[next]?.fromMs ?? Number.POSITIVE_INFINITY) <= dueMs) {
      const begun = attacks[next];
      if (begun !== undefined) active.push(begun);
      next += 1;
    }
    for (const over of active.filter(({ untilMs }) => untilMs < dueMs)) active.splice(active.indexOf(over), 1);
    // One in fifty was under way for up to an hour.
    const atMs = random.next() < 0.02 ? dueMs - Math.floor(random.next() * 3_600_000) : dueMs;
    const text = JSON.stringify(drawn(`${hex(8, seed, n)}-0000-4000-8000-${String(n).padStart(12, '0')}`, atMs));
    recent[n % mayRepeat] = text;
    yield text;
  }

  function drawn(id: string, atMs: number): unknown {
    const kind = random.next();
    if (kind < 0.06 && active.length > 0) return threatOf(id, atMs, picked(active, random), random);
    if (kind < 0.14) {
      const image = picked(fleet.images, random);
      // What a scan finds changes from one third of the month to the next.
      const third = Math.floor((atMs - monthStartMs) / (monthMs / 3));
      return events.scan(id, image, atMs, Number.parseInt(hex(1, image.digest, third), 16) % 3);
    }
    if (kind < 0.2) return events.compliance(id, picked(fleet.definitions, random), atMs, random.next() < 0.5);
    if (kind < 0.22) return events.patchState(id, picked(fleet.hosts, random), atMs, random.next() < 0.5);
    if (kind < 0.24) return events.push(id, picked(fleet.images, random), atMs);
    if (kind < 0.245) return events.elsewhere(id, atMs);
    if (kind < 0.248) return events.broken(id, picked(fleet.images, random), atMs);
    const status = random.next() < 0.01 ? 'SUPPRESSED' : 'ACTIVE';
    return events.inspectorFinding(id, picked(fleet.weaknesses, random), atMs, status);
  }
}

const processes = ['xmrig', 'kdevtmpfsi', 'sh', 'nc'] as const;

const threatOf = (id: string, atMs: number, attack: Attack, random: Random): unknown =>
  events.threat(id, attack, atMs, {
    type: picked(attack.types, random),
    count: 1 + Math.floor((atMs - attack.fromMs) / 60_000),
    process: random.next() < 0.9 ? processes[0] : picked(processes, random),
    archived: random.next() < 0.03,
    sample: random.next() < 0.01,
  });
