import type { Protocol } from '../../account.ts';
import type { Decoded } from '../protocols/protocol.ts';
import { formLeaf } from './formLeaf.ts';
import { inputShapes } from './inputShapes.generated.ts';
import { jsonLeaf } from './jsonLeaf.ts';
import type { ServiceShapes, Shape } from './shape.ts';

/** Reads what is no list, map or structure. Throws AwsError for a value that is none of the kind. */
export type Leaf = (shape: Shape, value: unknown, path: string) => void;

/** How one wire format writes values, and refuses others. */
export interface Wire {
  readonly leaf: Leaf;
  /** What stands for an empty list. */
  readonly emptyList?: string;
  /** Throws AwsError: at this place something else is expected. */
  readonly refuse: (value: unknown, path: string) => never;
}

const WIRES: Readonly<Partial<Record<Protocol, Wire>>> = {
  'json-1.0': jsonLeaf,
  'json-1.1': jsonLeaf,
  query: formLeaf('MalformedInput'),
  ec2: formLeaf('InvalidParameterValue'),
};

/** Deeper than any request that AWS takes; a value that is deeper would end in a stack that overflows. */
const DEEPEST = 200;

/**
 * Holds a request against AWS's model of the operation, as AWS does before it looks at the values: a member of a wrong type is refused. A member that is null
 * is taken out, because AWS reads it as one that was not sent; a member that the model does not know stays, for the operation to refuse. Changes `input`.
 * Services that read their own requests (REST) have nothing to hold here. Throws AwsError.
 */
export function conform(
  service: { readonly name: string; readonly protocol: Protocol },
  { operation, input }: Decoded,
): void {
  const wire = WIRES[service.protocol];
  const shapes = own(inputShapes, service.name);
  const structure = shapes && own(shapes.operations, operation);
  if (wire === undefined || shapes === undefined || structure === undefined) return;
  members(shapes, wire, structure, input, '', 0);
}

const own = <T>(record: { readonly [name: string]: T }, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a value becomes: itself, but for what stands for an empty list. */
function held(shapes: ServiceShapes, wire: Wire, shape: Shape, value: unknown, path: string, depth: number): unknown {
  if (depth > DEEPEST) return wire.refuse(value, path);
  if (typeof shape === 'string') wire.leaf(shape, value, path);
  else if ('list' in shape) return elements(shapes, wire, shape.list, value, path, depth);
  else if ('map' in shape) entries(shapes, wire, shape.map, value, path, depth);
  else members(shapes, wire, shape.of, value, path, depth);
  return value;
}

function elements(
  shapes: ServiceShapes,
  wire: Wire,
  shape: Shape,
  value: unknown,
  path: string,
  depth: number,
): unknown {
  if (wire.emptyList !== undefined && value === wire.emptyList) return [];
  if (!Array.isArray(value)) return wire.refuse(value, path);
  value.forEach((element, index) => {
    value[index] = held(shapes, wire, shape, element, `${path}[${index}]`, depth + 1);
  });
  return value;
}

function entries(shapes: ServiceShapes, wire: Wire, shape: Shape, value: unknown, path: string, depth: number): void {
  if (!isObject(value)) wire.refuse(value, path);
  else
    for (const key of Object.keys(value))
      put(value, key, held(shapes, wire, shape, value[key], `${path}.${key}`, depth + 1));
}

function members(shapes: ServiceShapes, wire: Wire, name: string, value: unknown, path: string, depth: number): void {
  if (!isObject(value)) return void wire.refuse(value, path);
  const known = own(shapes.structures, name) ?? {};
  for (const member of Object.keys(value)) {
    const shape = own(known, member);
    if (value[member] === null) delete value[member];
    else if (shape !== undefined) {
      const below = path === '' ? member : `${path}.${member}`;
      put(value, member, held(shapes, wire, shape, value[member], below, depth + 1));
    }
  }
}

/** A key may be `__proto__`, which a plain assignment would not keep. */
function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (target[key] !== value)
    Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
}
