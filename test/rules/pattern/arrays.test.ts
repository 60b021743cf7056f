import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { matches } from '../../../shared/rules/pattern/match.ts';

const pattern = compilePattern({ list: { name: ['a'], size: [{ numeric: ['>', 5] }] } });

describe('arrays of objects', () => {
  it('are consistent within one element', () => {
    expect(
      matches(pattern, {
        list: [
          { name: 'b', size: 1 },
          { name: 'a', size: 6 },
        ],
      }),
    ).toBe(true);
    expect(
      matches(pattern, {
        list: [
          { name: 'a', size: 1 },
          { name: 'b', size: 6 },
        ],
      }),
    ).toBe(false);
  });

  it('are consistent at every level', () => {
    const deep = compilePattern({ a: { x: [1], b: { y: [1], z: [1] } } });
    expect(
      matches(deep, {
        a: [
          {
            x: 1,
            b: [
              { y: 1, z: 2 },
              { y: 1, z: 1 },
            ],
          },
        ],
      }),
    ).toBe(true);
    expect(
      matches(deep, {
        a: [
          { x: 1, b: [{ y: 1, z: 2 }] },
          { x: 2, b: [{ y: 1, z: 1 }] },
        ],
      }),
    ).toBe(false);
  });

  it('are chosen from independently', () => {
    const two = compilePattern({ a: { x: [1] }, b: { x: [2] } });
    expect(matches(two, { a: [{ x: 0 }, { x: 1 }], b: [{ x: 2 }, { x: 0 }] })).toBe(true);
  });

  it('look through arrays in arrays', () => {
    expect(matches(pattern, { list: [[{ name: 'a', size: 1 }], [{ name: 'a', size: 9 }]] })).toBe(true);
    expect(matches(pattern, { list: [[{ name: 'a' }, { size: 9 }]] })).toBe(false);
  });

  it('stay cheap where trying each combination would not', () => {
    const fields = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const independent = compilePattern(Object.fromEntries([...fields.map((name) => [name, { x: [1] }]), ['z', [1]]]));
    const many = Array.from({ length: 500 }, () => ({ x: 1 }));
    expect(matches(independent, Object.fromEntries(fields.map((name) => [name, many])))).toBe(false);
    const together = compilePattern({ a: Object.fromEntries([...fields.map((name) => [name, [1]]), ['z', [1]]]) });
    const row = Object.fromEntries(fields.map((name) => [name, 1]));
    expect(matches(together, { a: Array.from({ length: 2000 }, () => row) })).toBe(false);
  });

  it('may be nested as deeply as the sender liked', () => {
    const nested: unknown[] = [];
    let at = nested;
    for (let level = 0; level < 100_000; level += 1) {
      const next: unknown[] = [];
      at.push(next);
      at = next;
    }
    at.push({ x: 1 });
    expect(matches(compilePattern({ a: { x: [1] } }), { a: nested })).toBe(true);
  });
});

interface Value {
  readonly path: string;
  readonly value: unknown;
  readonly at: ReadonlyMap<number, number>;
}

/** Every value with the index that it has in each array around it: the plain definition, with no thought for cost. */
function spread(event: unknown): readonly Value[] {
  let arrays = 0;
  const go = (node: unknown, path: readonly string[], at: ReadonlyMap<number, number>): readonly Value[] => {
    if (Array.isArray(node)) {
      const array = arrays++;
      return node.flatMap((member, index) =>
        go(member, path, member !== null && typeof member === 'object' ? new Map([...at, [array, index]]) : at),
      );
    }
    if (node !== null && typeof node === 'object') {
      return Object.entries(node).flatMap(([key, value]) => go(value, [...path, key], at));
    }
    return [{ path: path.join('.'), value: node, at }];
  };
  return go(event, [], new Map());
}

const consistent = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  [...b].every(([array, index]) => (a.get(array) ?? index) === index);

/** Tries every choice. A wanted value of null stands for `exists: false`. */
function bruteForce(wanted: readonly (readonly [string, number | null])[], values: readonly Value[]): boolean {
  const go = (rest: readonly (readonly [string, number | null])[], chosen: ReadonlyMap<number, number>): boolean => {
    const [first, ...others] = rest;
    if (first === undefined) return true;
    const there = values.filter(({ path, at }) => path === first[0] && consistent(chosen, at));
    if (first[1] === null) return there.length === 0 && go(others, chosen);
    return there.some(({ value, at }) => value === first[1] && go(others, new Map([...chosen, ...at])));
  };
  return go(
    wanted.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    new Map(),
  );
}

const PATHS = ['a.x', 'a.y', 'a.b.x', 'a.b.y', 'b.x', 'b.y'] as const;

const event = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.integer({ min: 0, max: 2 }), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'x', 'y'), tie('value'), { maxKeys: 4 }),
})).object;

function nest(wanted: readonly (readonly [string, number | null])[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of wanted) {
    const steps = path.split('.');
    let at = root;
    for (const step of steps.slice(0, -1)) {
      at[step] ??= {};
      at = at[step] as Record<string, unknown>;
    }
    at[steps.at(-1) ?? ''] = [value === null ? { exists: false } : value];
  }
  return root;
}

describe('consistency', () => {
  it('is what trying every choice of elements gives', () => {
    const wanted = fc.uniqueArray(
      fc.tuple(fc.constantFrom(...PATHS), fc.option(fc.integer({ min: 0, max: 2 }), { freq: 4 })),
      { selector: ([path]) => path, minLength: 1, maxLength: 5 },
    );
    const list = fc.array(event, { maxLength: 3 });
    const shaped = fc.record({ a: fc.oneof(list, event), b: fc.oneof(list, event) });
    fc.assert(
      fc.property(wanted, fc.oneof(event, shaped), (fields, value) => {
        expect(matches(compilePattern(nest(fields)), value)).toBe(bruteForce(fields, spread(value)));
      }),
      { numRuns: 2000 },
    );
  });
});
