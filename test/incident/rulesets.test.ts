import { describe, expect, it, vi } from 'vitest';
import { memoryBodies } from '../../shared/incident/bodies.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { type PublishedPointer, publishedSets, publishSet, readPointer } from '../../shared/incident/rulesets.ts';
import { InvalidRules, Throttled } from '../../shared/platform/errors.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';

const key = { pk: 'ruleset', sk: 'current' };
const at = '2026-11-20T10:00:00.000Z';

function world() {
  const texts = new Map<string, string>();
  const stored = memoryBodies(sha256Hex, texts);
  const reads: string[] = [];
  const bodies = {
    ...stored,
    get: (hash: string) => {
      reads.push(hash);
      return stored.get(hash);
    },
  };
  const effects = { table: memoryTable(), bodies };
  const publish = (text: string, after: PublishedPointer | undefined) =>
    publishSet(effects, { text, after, versions: { '/r': 1 }, sources: '{}', why: { kind: 'edit' }, changes: [], at });
  return { effects, publish, texts, reads };
}

describe('publishing a set', () => {
  it('puts its text by its hash, and then one pointer, which names the one before', async () => {
    const { effects, publish, texts } = world();
    const first = await publish('one', undefined);
    expect(first).toEqual({
      hash: sha256Hex('one'),
      number: 1,
      previous: null,
      versions: { '/r': 1 },
      sources: sha256Hex('{}'),
      why: { kind: 'edit' },
      changes: [],
      publishedAt: at,
    });
    const second = await publish('two', first);
    expect(second).toMatchObject({ number: 2, previous: first?.hash });
    expect(await readPointer(effects.table)).toEqual(second);
    expect(texts.get(sha256Hex('two'))).toBe('two');
  });

  it('changes nothing when somebody has published meanwhile', async () => {
    const { effects, publish } = world();
    const first = await publish('one', undefined);
    expect(await publish('again', undefined)).toBeUndefined();
    await publish('two', first);
    expect(await publish('late', first)).toBeUndefined();
    expect(await readPointer(effects.table)).toMatchObject({ number: 2, hash: sha256Hex('two') });
  });

  it('knows two publications of one text apart', async () => {
    const { effects, publish } = world();
    const first = await publish('one', undefined);
    const third = await publish('one', await publish('two', first));
    expect(third?.number).toBe(3);
    expect(await publish('late', first)).toBeUndefined();
    expect(await readPointer(effects.table)).toMatchObject({ number: 3 });
  });

  it('leaves the pointer alone when the text could not be stored', async () => {
    const { effects, publish } = world();
    const first = await publish('one', undefined);
    const bodies = { ...effects.bodies, put: () => Promise.reject(new Error('S3')) };
    const why = { kind: 'edit' } as const;
    const set = { text: 'two', after: first, versions: {}, sources: '{}', why, changes: [], at };
    await expect(publishSet({ ...effects, bodies }, set)).rejects.toThrow('S3');
    expect(await readPointer(effects.table)).toMatchObject({ number: 1 });
  });
});

describe('the set that decides', () => {
  const parse = (text: string) => ({ text });

  it('is read once for each hash, and the pointer each time: one read of the table, and of S3 where it is new', async () => {
    const { effects, publish, reads } = world();
    const first = await publish('one', undefined);
    const table = { ...effects.table, get: vi.fn(effects.table.get) };
    const sets = publishedSets({ ...effects, table }, parse);
    const current = await sets.current();
    expect([table.get.mock.calls.length, reads.length]).toEqual([1, 1]);
    expect(current).toEqual({ hash: first?.hash, number: 1, versions: { '/r': 1 }, set: { text: 'one' } });
    expect((await sets.current()).set).toBe(current.set);
    expect([table.get.mock.calls.length, reads.length]).toEqual([2, 1]);
    await publish('two', first);
    expect(await sets.current()).toMatchObject({ number: 2, set: { text: 'two' } });
    expect(reads).toHaveLength(2);
  });

  it('is none before one was published', async () => {
    await expect(publishedSets(world().effects, parse).current()).rejects.toThrow(InvalidRules);
  });

  it.each([
    ['no hash', { number: 1, versions: {} }],
    ['no number', { hash: 'h', versions: {} }],
    ['no versions', { hash: 'h', number: 1 }],
    ['a hash that is no text', { hash: 7, number: 1, versions: {} }],
  ])('is none when its pointer has %s', async (_what, item) => {
    const { effects } = world();
    await effects.table.putIfAbsent({ ...key, ...item });
    await expect(publishedSets(effects, parse).current()).rejects.toThrow(InvalidRules);
  });

  it('is none when its text is missing, though another was read before', async () => {
    const { effects, publish, texts } = world();
    const first = await publish('one', undefined);
    const sets = publishedSets(effects, parse);
    await sets.current();
    await publish('two', first);
    texts.clear();
    await expect(sets.current()).rejects.toMatchObject({ name: 'InvalidRules', message: 'Rule set 2 cannot be read.' });
  });

  it('is none when it cannot be parsed, and is not taken for read', async () => {
    const { effects, publish } = world();
    await publish('one', undefined);
    const sets = publishedSets(effects, () => {
      throw new InvalidRules('not JSON');
    });
    await expect(sets.current()).rejects.toThrow('not JSON');
    await expect(sets.current()).rejects.toThrow('not JSON');
  });

  it('is asked for again when S3 is slow: that holds nothing', async () => {
    const { effects, publish } = world();
    await publish('one', undefined);
    const bodies = { ...effects.bodies, get: () => Promise.reject(new Throttled('slow')) };
    await expect(publishedSets({ ...effects, bodies }, parse).current()).rejects.toThrow(Throttled);
  });
});
