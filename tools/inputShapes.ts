import type { InputShapes, ServiceShapes, Shape } from '../sandbox/door/shapes/shape.ts';
import { services } from '../sandbox/services.ts';
import { schemasOf } from './sdkSchemas.ts';

/*
 * The SDK's clients carry AWS's model as arrays: [kind, namespace, name, traits, ...]. Kind 1 is a list with the schema of its elements, 2 a map with those of key
 * and value, 3 a structure and 4 a union with names and schemas of their members, 9 an operation with input and output, 0 a simple one with what it is. A simple
 * schema is a number, with 64 added for a list of it and 128 for a map; a member with traits is [schema, traits]; what may refer to itself is a function.
 */
const LIST_OF = 64;
const MAP_OF = 128;
const SIMPLE: Readonly<Record<number, Shape>> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'time',
  5: 'time-text',
  6: 'time-text',
  7: 'time',
  15: 'document',
  17: 'number',
  19: 'number',
  21: 'blob',
  42: 'blob',
};

const unread = (schema: unknown): Error => new Error(`a schema of the SDK that is not known here: ${String(schema)}`);

const resolved = (schema: unknown): unknown => (typeof schema === 'function' ? schema() : schema);

const isNamed = (schema: unknown): schema is readonly unknown[] =>
  Array.isArray(schema) && typeof schema[1] === 'string';

/** Traits that give a member another name in a form of EC2's. */
function nameInForm(name: string, member: unknown): string {
  const traits: unknown = Array.isArray(member) && !isNamed(member) ? member[1] : undefined;
  if (typeof traits !== 'object' || traits === null) return name;
  if ('ec2QueryName' in traits) return String(traits.ec2QueryName);
  if (!('xmlName' in traits)) return name;
  const wire = String(traits.xmlName);
  return `${wire.charAt(0).toUpperCase()}${wire.slice(1)}`;
}

class Collector {
  readonly structures: Record<string, Record<string, Shape>> = {};
  readonly #isEc2: boolean;

  constructor(isEc2: boolean) {
    this.#isEc2 = isEc2;
  }

  shape(unresolved: unknown): Shape {
    const schema = resolved(unresolved);
    if (typeof schema === 'number') return simple(schema);
    if (!Array.isArray(schema)) throw unread(schema);
    if (!isNamed(schema)) return this.shape(schema[0]);
    const [kind, , name] = schema;
    if (kind === 0) return this.shape(schema[4]);
    if (kind === 1) return { list: this.shape(schema[4]) };
    if (kind === 2) return { map: this.shape(schema[5]) };
    if (kind === 3 || kind === 4) return { of: this.structure(String(name), schema) };
    throw unread(schema);
  }

  structure(name: string, schema: readonly unknown[]): string {
    if (Object.hasOwn(this.structures, name)) return name;
    const members: Record<string, Shape> = {};
    this.structures[name] = members;
    const [names, schemas] = [schema[4], schema[5]] as [readonly string[], readonly unknown[]];
    names.forEach((member, index) => {
      const shape = this.shape(schemas[index]);
      members[member] = shape;
      if (this.#isEc2) members[nameInForm(member, schemas[index])] = shape;
    });
    return name;
  }
}

function simple(code: number): Shape {
  if (code >= MAP_OF) return { map: simple(code - MAP_OF) };
  if (code >= LIST_OF) return { list: simple(code - LIST_OF) };
  const shape = SIMPLE[code];
  if (shape === undefined) throw unread(code);
  return shape;
}

function shapesOf(service: (typeof services)[number], schemas: Readonly<Record<string, unknown>>): ServiceShapes {
  const collector = new Collector(service.protocol === 'ec2');
  const operations = Object.keys(service.operations)
    .toSorted()
    .map((name): [string, string] => {
      const operation = schemas[`${name}$`];
      const input = isNamed(operation) ? resolved(operation[4]) : undefined;
      const shape = input === undefined ? undefined : collector.shape(input);
      // An operation without input has the SDK's unit.
      return [
        name,
        typeof shape === 'object' && 'of' in shape ? shape.of : collector.structure('Unit', [3, '', '', 0, [], []]),
      ];
    });
  return { operations: Object.fromEntries(operations), structures: collector.structures };
}

/** What every operation takes whose request the door itself reads, as a module. */
export function inputShapesModule(): string {
  const held = services
    // The others read their requests themselves.
    .filter(({ route }) => route === undefined)
    .map((service): [string, ServiceShapes] => [service.name, shapesOf(service, schemasOf(service.name))]);
  const shapes: InputShapes = Object.fromEntries(held);
  return [
    "import type { InputShapes } from './shape.ts';",
    '',
    "/** What AWS's model says of the requests to the sandbox's operations. Made by `npm run generate`. */",
    `export const inputShapes: InputShapes = ${JSON.stringify(shapes, null, 1)};`,
    '',
  ].join('\n');
}
