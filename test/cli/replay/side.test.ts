import { describe, expect, it } from 'vitest';
import { month } from '../../../bench/month/month.ts';
import { changedBetween } from '../../../cli/replay/compare.ts';
import type { Side } from '../../../cli/replay/side.ts';
import { scan } from '../../finding/sampleEvent.ts';
import { onService } from '../../finding/threatEvent.ts';
import { replayOf, setOf } from './replaying.ts';

const hour = 3_600_000;
const startMs = Date.parse('2026-11-20T09:00:00.000Z');
const timeAt = (hours: number): string => new Date(startMs + hours * hour).toISOString().replace('.000Z', 'Z');

/** The scan, so many hours later. */
const scanAt = (hours: number, detail: { [key: string]: unknown } = {}) => ({ ...scan(detail), time: timeAt(hours) });
const threatAt = (hours: number, count: number) => {
  const event = onService({ count, eventLastSeen: timeAt(hours) });
  return { ...event, time: timeAt(hours), detail: { ...event.detail, updatedAt: timeAt(hours) } };
};

const critical = 'name: critical\nwhen: { label: [critical] }\ndo: [ecr.quarantine-image]\nmode: enforce\n';
const sideOf = async (files: Readonly<Record<string, string>>, events: readonly unknown[]): Promise<Side> => {
  const { sides } = await replayOf([setOf(files)], events);
  return sides[0] as Side;
};
const opened = ({ tally }: Side): number => [...tally.sums.values()].reduce((sum, one) => sum + one.opened, 0);

describe('an incident in a replay', () => {
  it('is one as long as it is not quiet, and tells of one state once', async () => {
    const side = await sideOf(
      { 'rules/critical': critical },
      [0, 20, 40, 60].map((hours) => scanAt(hours)),
    );
    expect(opened(side)).toBe(1);
    expect(side.tally.told).toEqual({ page: 0, notice: 0, digest: 1 });
    expect([...side.tally.done]).toEqual([['ecr.quarantine-image', 1]]);
    expect(side.tally.accepted).toBe(4);
  });

  it('is closed once it has been quiet as long as the settings say, and another when it comes again', async () => {
    const events = [scanAt(0), scanAt(24.5, { 'finding-severity-counts': { CRITICAL: 9 } })];
    expect(opened(await sideOf({ 'rules/critical': critical }, events))).toBe(2);
    expect(opened(await sideOf({ 'rules/critical': critical, settings: 'quietHours: 25\n' }, events))).toBe(1);
  });

  it('tells nothing anew when it is opened by what is known', async () => {
    const side = await sideOf({ 'rules/critical': critical }, [scanAt(0), scanAt(30)]);
    expect(opened(side)).toBe(2);
    expect(side.tally.told.digest).toBe(1);
  });

  it('takes what is delivered late as late: the clock does not go back', async () => {
    const late = scanAt(1, { 'repository-name': 'late' });
    const side = await sideOf({ 'rules/critical': critical }, [
      scanAt(0),
      scanAt(50, { 'image-tags': ['x'] }),
      late,
      scanAt(2),
    ]);
    expect(side.tally.duplicates).toBe(1);
    expect(side.open).toBe(2);
  });

  it('is decided anew where a rule asks for what says nothing new', async () => {
    const often =
      'name: often\nwhen: { threat: { count: [{ numeric: [">", 5] }] } }\ndo: [evidence.capture]\nmode: enforce\npage: { observed: page }\n';
    const side = await sideOf({ 'rules/often': often }, [threatAt(0, 1), threatAt(1, 4), threatAt(2, 9)]);
    expect(side.tally.told.page).toBe(1);
  });

  it('is decided anew once an exemption has expired', async () => {
    const exemption = `name: base\nwhen: { source: [ecr] }\nowner: o\nreason: r\nexpires: ${timeAt(2)}\n`;
    const files = { 'rules/critical': critical, 'exemptions/base': exemption };
    expect(opened(await sideOf(files, [scanAt(0), scanAt(1.9)]))).toBe(0);
    const side = await sideOf(files, [scanAt(0), scanAt(1.9), scanAt(2.1)]);
    expect([...side.tally.done]).toEqual([['ecr.quarantine-image', 1]]);
  });

  it('pages at night by the clock of whoever is paged', async () => {
    const paging = `${critical}page: { contained: page }\n`;
    for (const [zone, night] of [
      ['UTC', 0],
      ['America/Los_Angeles', 1],
    ] as const) {
      const { sides } = await replayOf([setOf({ 'rules/critical': paging })], [scanAt(0)], zone);
      expect(sides[0]?.tally).toMatchObject({ told: { page: 1 }, pagesAtNight: night });
    }
  });
});

describe('what is no incident', () => {
  it('is counted: invalid by its path, ignored by its reason, a sample and what is suppressed as ignored', async () => {
    const wrong = scan({ 'image-digest': 'sha256:short' });
    const elsewhere = scan({ unrouted: true });
    const sample = {
      ...threatAt(0, 1),
      detail: { ...threatAt(0, 1).detail, title: '[SAMPLE] x', service: { additionalInfo: { sample: true } } },
    };
    const going = await replayOf([setOf({ 'rules/critical': critical })], [wrong, wrong, elsewhere, sample, 7]);
    expect(going.events).toBe(5);
    expect(going.invalid.list).toMatchObject([
      { name: 'detail.image-digest', count: 2, first: 'events.jsonl:1' },
      { name: '$', count: 1, first: 'events.jsonl:5' },
    ]);
    expect(going.ignored.list).toMatchObject([{ count: 1, first: 'events.jsonl:3' }]);
    const [side] = going.sides;
    expect([...(side?.tally.decided ?? [])]).toEqual([['ignore', 1]]);
    expect(side?.tally.told).toEqual({ page: 0, notice: 0, digest: 0 });
  });
});

describe('the memory of a replay', () => {
  it('grows with different findings, and not with events', async () => {
    const going = await replayOf([setOf({ 'rules/critical': critical })], []);
    const [side] = going.sides as [Side];
    const texts = [...month({ events: 1_500, seed: 3 })];
    for (const text of texts) await going.take(JSON.parse(text), () => '');
    const first = side.known;
    // The same findings two months later, all of them active again.
    for (const text of texts) await going.take(JSON.parse(text.replaceAll('2026-10-', '2026-12-')), () => '');
    expect(going.events).toBe(3_000);
    expect(first.findings).toBeGreaterThan(1_000);
    expect({ ...side.known, bodies: 0 }).toEqual({ ...first, bodies: 0 });
    // What is closed keeps no bodies.
    await going.take(scanAt(24 * 365), () => '');
    expect(side.known.bodies).toBe(1);
    expect(side.open).toBe(1);
  });

  it('is asked for the difference of each incident alone', async () => {
    const observing = setOf({ 'rules/critical': critical.replace('enforce', 'observe') });
    const { sides } = await replayOf([observing, setOf({ 'rules/critical': critical })], [scanAt(0), scanAt(1)]);
    const [a, b] = sides as unknown as readonly [Side, Side];
    expect(changedBetween(a.tally.sums, b.tally.sums)).toMatchObject([
      {
        what: ['new containment'],
        a: { decision: 'observe', actions: {}, pages: { digest: 1 } },
        b: { decision: 'contain', proposed: {}, pages: { digest: 1 } },
      },
    ]);
    expect(changedBetween(b.tally.sums, a.tally.sums)).toMatchObject([{ what: ['lost containment'] }]);
    expect(changedBetween(a.tally.sums, a.tally.sums)).toEqual([]);
  });
});
