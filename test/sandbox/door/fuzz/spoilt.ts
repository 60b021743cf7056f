import { inputShapes } from '../../../../sandbox/door/shapes/inputShapes.generated.ts';
import type { ServiceShapes, Shape } from '../../../../sandbox/door/shapes/shape.ts';

type Path = readonly (string | number)[];

const text = [
  ...[
    '',
    ' ',
    '*',
    '/',
    '%',
    '\u0000',
    '5',
    '-1',
    'null',
    '{}',
    '[]',
    '[',
    '{"a":',
    'arn:',
    'arn:aws:x',
    'a:b:c:d:e:f:g:h',
  ],
  ...['__proto__', 'constructor', 'x'.repeat(3000), '['.repeat(9000), `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`],
];
const numbers = [-1, 0, 2 ** 40];
const others = [5, true, [], {}, [5], [null], [[]], [{}], null, { a: 5 }, { a: {} }, { __proto__: null, key: null }];
const values: readonly unknown[] = [
  ...[...others, ...text, ...numbers],
  ...text.map((one) => [one]),
  ...text.map((one) => ({ key: one })),
];
/** For what is far down: there it is the type that may be wrong. */
const deepValues: readonly unknown[] = [...others, '', 'arn:', '__proto__', -1];

/** Where a structure has members, those of structures in it too; what refers to itself twice is left alone. */
function pathsIn(shapes: ServiceShapes, structure: string, above: readonly string[] = []): readonly Path[] {
  if (above.filter((one) => one === structure).length > 1 || above.length > 4) return [];
  return Object.entries(shapes.structures[structure] ?? {}).flatMap(([member, shape]) =>
    below(shapes, shape, [...above, structure]).map((rest) => [member, ...rest]),
  );
}

function below(shapes: ServiceShapes, shape: Shape, above: readonly string[]): readonly Path[] {
  if (typeof shape === 'string') return [[]];
  if ('list' in shape) return [[], ...below(shapes, shape.list, above).map((rest) => [0, ...rest])];
  if ('map' in shape) return [[], ...below(shapes, shape.map, above).map((rest) => ['key', ...rest])];
  return [[], ...pathsIn(shapes, shape.of, above)];
}

function put(into: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  if (typeof part === 'number') {
    const copy = Array.isArray(into) ? [...into] : [];
    copy[part] = put(copy[part], rest, value);
    return copy;
  }
  const held = typeof into === 'object' && into !== null && !Array.isArray(into) ? { ...into } : {};
  return { ...held, [part]: put((held as Record<string, unknown>)[part], rest, value) };
}

/** The input as it is, without each member, and with every member replaced by every odd value. */
export function* spoilt(service: string, operation: string, input: object): Iterable<object> {
  yield input;
  for (const member of Object.keys(input)) {
    yield Object.fromEntries(Object.entries(input).filter(([name]) => name !== member));
  }
  const shapes = inputShapes[service];
  const structure = shapes?.operations[operation];
  if (shapes === undefined || structure === undefined) return;
  for (const path of pathsIn(shapes, structure)) {
    for (const value of path.length > 2 ? deepValues : values) yield put(input, path, value) as object;
  }
}
