import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweep } from '../../shared/respond/sweep.ts';
import { incidentNo, ManyLab, minute, type Seen } from './manyLab.ts';

const schedules = process.env['FIREBREAK_FULL'] === '1' ? 1_000 : 60;
const storm = { incidents: 3, within: 'PT10M' } as const;

/** Every page is out, by itself or among what a page tells that is out; and nothing is left to say. */
async function nothingIsLost(lab: ManyLab, count: number): Promise<void> {
  const out = new Set(lab.pages().map(({ about }) => about['incident']));
  for (let n = 0; n < count; n += 1) {
    const incident = incidentNo(n);
    expect((await lab.head(n)).outbox, incident).toEqual([]);
    const [message, ...more] = (await lab.messages(n)).filter(({ id }) => !id.includes('/folded/'));
    expect(more).toEqual([]);
    const parent = message?.foldedInto;
    expect(message?.sent, incident).toBe(parent === undefined);
    if (parent === undefined) expect(out, incident).toContain(incident);
    else {
      expect(out, `${incident} in ${parent}`).toContain(parent);
      expect(await lab.folded(parent)).toContain(incident);
    }
  }
}

/** Each text that went out is one message, whose id no other text has. */
function sameIdSameText(lab: ManyLab): void {
  const texts = new Map<string | undefined, string>();
  for (const { about, subject, body } of lab.world.published) {
    const text = `${subject}\n${body}`;
    expect(texts.get(about['id']) ?? text).toBe(text);
    texts.set(about['id'], text);
  }
}

interface Story {
  readonly seed: number;
  readonly count: number;
  readonly seen: Seen;
  /** Those that are not contained. */
  readonly inUse: readonly number[];
  readonly crashes: readonly { readonly at: number; readonly when: 'before' | 'after'; readonly as: 'retried' }[];
}

async function tell({ seed, count, seen, inUse, crashes }: Story): Promise<ManyLab> {
  const lab = new ManyLab({ storm }, {}, { seed, crashes });
  for (let n = 0; n < count; n += 1) await lab.contain(n, seen, inUse.includes(n));
  const { schedule } = lab.world;
  const again = async (n: number): Promise<void> => {
    for (;;) {
      try {
        return await schedule.invoke((gate) => lab.report(n, lab.world.effects(gate)));
      } catch {
        await schedule.sleep(1_000);
      }
    }
  };
  const sweeps = async (): Promise<void> => {
    for (let at = 0; at < 8; at += 1) {
      await schedule.sleep(5 * minute);
      await schedule.invoke((gate) => sweep(lab.world.effects(gate))).catch(() => {});
    }
  };
  for (let n = 0; n < count; n += 1) void again(n);
  void sweeps();
  await schedule.run(schedule.now + 60 * minute);
  return lab;
}

const crash = fc.record({
  at: fc.integer({ min: 1, max: 150 }),
  when: fc.constantFrom('before' as const, 'after' as const),
  as: fc.constant('retried' as const),
});

const story: fc.Arbitrary<Story> = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 2, max: 7 }),
  seen: fc.constantFrom<Seen>({}, { remote: null }),
  inUse: fc.subarray([0, 1, 2, 3, 4, 5, 6]),
  crashes: fc.array(crash, { maxLength: 4 }),
});

describe('pages that are folded', () => {
  it('are never lost, whoever dies at whichever call, in any order', { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const lab = await tell(told);
        await nothingIsLost(lab, told.count);
        sameIdSameText(lab);
      }),
      { numRuns: schedules },
    );
  });

  it('of one actor are one page, however many tell at the same instant', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const lab = await tell({ seed, count: 6, seen: {}, inUse: [], crashes: [] });
      expect(lab.pages(), `seed ${seed}`).toHaveLength(1);
      await nothingIsLost(lab, 6);
    }
  });

  it('of a storm that is noticed by several at the same instant are one page', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const lab = await tell({ seed, count: 7, seen: { remote: null }, inUse: [], crashes: [] });
      const storms = lab.pages().filter(({ subject }) => subject.includes('storm'));
      expect(storms, `seed ${seed}`).toHaveLength(1);
      expect(lab.pages().length, `seed ${seed}`).toBeLessThanOrEqual(3);
      await nothingIsLost(lab, 7);
    }
  });

  it('wake somebody for each that is not contained, whatever else is folded', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const lab = await tell({ seed, count: 7, seen: {}, inUse: [2, 4, 5, 6], crashes: [] });
      const woken = lab.pages().map(({ body }) => body);
      for (const n of [2, 4, 5, 6])
        expect(
          woken.some((body) => body.includes(incidentNo(n))),
          `seed ${seed}, ${n}`,
        ).toBe(true);
    }
  });
});
