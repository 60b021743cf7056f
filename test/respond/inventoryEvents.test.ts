import { describe, expect, test } from 'vitest';
import type { ToldImage } from '../../shared/incident/inventories.ts';
import type { Refusal } from '../../shared/plan/gate/running.ts';
import type { OwnEvent } from '../../shared/platform/events.ts';
import { type Judged, mostAtOnce, tellGone, tellNoMore, tellOf } from '../../shared/respond/inventoryEvents.ts';

const imageOf = (name: string) => ({
  ...{ name, registry: 'docker.io', repository: name, digest: null, tags: [], account: null, region: null },
});
const judged = (name: string, refused: readonly Refusal[], unknown: readonly Refusal[] = []): Judged => ({
  image: imageOf(name),
  runs: ['service/prod/a', 'service/prod/b'],
  verdict: { refused: refused.map((refusal) => ({ refusal, message: 'so it is', mend: '' })), unknown, why: [] },
});
const told = (name: string, refusals: readonly Refusal[], more: Partial<ToldImage> = {}): ToldImage => ({
  ...{ image: imageOf(name), refusals, by: 'own', missed: 0, ...more },
});
interface Detail {
  readonly image?: { readonly name: string };
  readonly reasons: readonly { readonly reason: string; readonly status: string; readonly message: string }[];
}
const said = (events: readonly OwnEvent[]) =>
  events.map(({ detail }) => {
    const { image, reasons } = detail as Detail;
    return `${image?.name ?? 'all'}: ${reasons.map(({ reason, status }) => `${reason} ${status}`).join(', ')}`;
  });
const firstMessage = ([event]: readonly OwnEvent[]) => (event?.detail as Detail | undefined)?.reasons[0]?.message;
const names = (count: number) => Array.from({ length: count }, (_, n) => `image-${n}`);

describe('what is told of images that run', () => {
  test('is one event for each image, with all its reasons, and what runs it', () => {
    const { events, told: after, fresh } = tellOf([judged('a', ['unsigned', 'too-old']), judged('b', [])], [], 0);
    expect(said(events)).toEqual(['a: unsigned REFUSED, too-old REFUSED']);
    expect(firstMessage(events)).toBe('service/prod/a and 1 more run it: so it is');
    expect(after).toEqual([told('a', ['too-old', 'unsigned'])]);
    expect(fresh).toBe(1);
  });

  test('is told again each time, so that an event that was lost comes', () => {
    expect(said(tellOf([judged('a', ['unsigned'])], [told('a', ['unsigned'])], 0).events)).toEqual([
      'a: unsigned REFUSED',
    ]);
  });

  test('is over when it is refused no more, reason by reason', () => {
    const before = [told('a', ['unsigned', 'too-old']), told('b', ['unsigned'])];
    const { events, told: after } = tellOf([judged('a', ['too-old']), judged('b', [])], before, 0);
    expect(said(events)).toEqual(['a: too-old REFUSED, unsigned RESOLVED', 'b: unsigned RESOLVED']);
    expect(after).toEqual([told('a', ['too-old'])]);
  });

  test('is not over because it could not be told this time', () => {
    const { events, told: after } = tellOf([judged('a', [], ['unsigned'])], [told('a', ['unsigned'])], 0);
    expect(events).toEqual([]);
    expect(after).toEqual([told('a', ['unsigned'])]);
  });

  test('is one event about all where more than twenty are new, and nothing is told of each', () => {
    const all = names(mostAtOnce + 1).map((name) => judged(name, ['unsigned']));
    const first = tellOf(all, [], 0);
    expect(said(first.events)).toEqual(['all: many REFUSED']);
    expect(firstMessage(first.events)).toMatch(/^21 images that run here .*: 21 unsigned; /);
    // Some are mended: each of the others is told by itself, and they are many no more.
    const second = tellOf(
      all.map((one, n) => (n < 2 ? judged(one.image.name, []) : one)),
      first.told,
      0,
    );
    expect(second.events).toHaveLength(20);
    expect(said(second.events).at(-1)).toBe('all: many RESOLVED');
    expect(said(second.events)[0]).toBe('image-2: unsigned REFUSED');
  });

  test('counts what was new in earlier runs of the same pass', () => {
    const all = names(10).map((name) => judged(name, ['unsigned']));
    expect(said(tellOf(all, [], 15).events)).toEqual(['all: many REFUSED']);
    expect(tellOf(all, [], 5).events).toHaveLength(10);
  });

  test('is remembered of a thousand images at the most, those first that were told by themselves', () => {
    const before = [told('own', ['unsigned'])];
    const { told: after } = tellOf(
      names(2000).map((name) => judged(name, ['unsigned'])),
      before,
      0,
    );
    expect(after).toHaveLength(1000);
    expect(after[0]?.image.name).toBe('own');
  });
});

describe('an image that nothing runs any more', () => {
  const before = [told('a', ['unsigned']), told('b', ['too-old'])];

  test('is over after two passes, because it may have been between two runs', () => {
    const once = tellGone(before, new Set(['b']), true);
    expect(once.events).toEqual([]);
    const twice = tellGone(once.told, new Set(['b']), true);
    expect(said(twice.events)).toEqual(['a: unsigned RESOLVED']);
    expect(twice.told).toEqual([told('b', ['too-old'])]);
  });

  test('is not over where not all could be read', () => {
    expect(
      tellGone(
        before.map((one) => ({ ...one, missed: 5 })),
        new Set(),
        false,
      ),
    ).toMatchObject({ events: [] });
  });

  test('ends what was told of many with the last of them', () => {
    const many = [told('a', ['unsigned'], { by: 'many', missed: 1 })];
    expect(said(tellGone(many, new Set(), true).events)).toEqual(['all: many RESOLVED']);
  });
});

test('all is over where the settings want nothing of images any more', () => {
  const before = [told('a', ['unsigned', 'too-old']), told('b', ['unsigned'], { by: 'many' })];
  expect(said(tellNoMore(before, 'no more'))).toEqual(['a: unsigned RESOLVED, too-old RESOLVED', 'all: many RESOLVED']);
});
