import { describe, expect, it } from 'vitest';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { asOnePush, isPushed } from '../../shared/incident/pushing.ts';

const start = Date.parse('2026-11-20T10:00:00.000Z');
const minute = 60_000;

function world() {
  const table = memoryTable();
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `push-${ids}`;
  };
  return { table, clock: { now: () => new Date(start) }, newId };
}

describe('many writes that belong together', () => {
  it('are known as long as they are done, and no longer', async () => {
    const effects = world();
    expect(await isPushed(effects.table, start)).toBe(false);
    const seen = await asOnePush(effects, 90, async () => [
      await isPushed(effects.table, start),
      await isPushed(effects.table, start + minute),
      await isPushed(effects.table, start + 2 * minute),
    ]);
    expect(seen).toEqual([true, true, false]);
    expect(await isPushed(effects.table, start)).toBe(false);
  });

  it('keep nobody waiting for more than five minutes, nor by a clock that is ahead', async () => {
    const effects = world();
    await asOnePush(effects, 1e6, async () => {
      expect(await isPushed(effects.table, start + 5 * minute)).toBe(false);
      expect(await isPushed(effects.table, start - 1)).toBe(false);
    });
  });

  it('that fail are over, and the failure comes out', async () => {
    const effects = world();
    await expect(asOnePush(effects, 9, () => Promise.reject(new Error('SSM')))).rejects.toThrow('SSM');
    expect(await isPushed(effects.table, start)).toBe(false);
  });

  it('of two at once: the end of one is not the end of the other', async () => {
    const effects = world();
    await asOnePush(effects, 9, async () => {
      await asOnePush(effects, 9, async () => undefined);
      const later = asOnePush(effects, 9, async () => isPushed(effects.table, start));
      expect(await later).toBe(true);
    });
    let end = (): void => undefined;
    const earlier = asOnePush(effects, 9, () => new Promise<void>((resolve) => (end = resolve)));
    await new Promise((resolve) => setImmediate(resolve));
    await asOnePush(effects, 9, async () => {
      end();
      await earlier;
      expect(await isPushed(effects.table, start)).toBe(true);
    });
  });

  it('are done although nothing can be said in the table', async () => {
    const effects = world();
    const update = () => Promise.reject(new Error('denied'));
    expect(await asOnePush({ ...effects, table: { ...effects.table, update } }, 9, async () => 'done')).toBe('done');
  });
});
