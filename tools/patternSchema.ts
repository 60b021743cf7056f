import { FINDING_FIELDS, type FieldTree, type FindingPath, TARGET_FIELDS } from '../shared/rules/fields.ts';
import { DOMAINS, type Domain } from '../shared/rules/findingFacts.ts';

export type JsonSchema = { readonly [key: string]: unknown };

const single = (properties: JsonSchema): JsonSchema => ({
  ...{ type: 'object', properties, additionalProperties: false, minProperties: 1, maxProperties: 1 },
});
const oneOrMore = (one: JsonSchema): JsonSchema => ({ anyOf: [one, { type: 'array', minItems: 1, items: one }] });

const text = { type: 'string' };
const textOrAnyCase = { anyOf: [text, single({ 'equals-ignore-case': text })] };
const exists = { type: 'boolean', description: 'Whether the field has any value at all.' };

/** The operators that can fit a field of a type: an editor offers no other. */
const operators: Readonly<Record<Domain['type'], JsonSchema>> = {
  text: single({
    prefix: { ...textOrAnyCase, description: 'Begins with it.' },
    suffix: { ...textOrAnyCase, description: 'Ends with it.' },
    'equals-ignore-case': text,
    wildcard: { ...text, description: '* stands for any characters.' },
    'anything-but': {
      description: 'Anything else, where there is something.',
      anyOf: [
        oneOrMore(text),
        single({
          ...{ prefix: oneOrMore(text), suffix: oneOrMore(text) },
          ...{ 'equals-ignore-case': oneOrMore(text), wildcard: oneOrMore(text) },
        }),
      ],
    },
    cidr: { ...text, description: 'An address within the block: 10.0.0.0/8.' },
    exists,
  }),
  number: single({
    numeric: {
      description: '[">=", 7], or a range: [">=", 4, "<", 7].',
      ...{ type: 'array', minItems: 2, maxItems: 4 },
      items: { anyOf: [{ enum: ['=', '<', '<=', '>', '>='] }, { type: 'number' }] },
    },
    'anything-but': oneOrMore({ type: 'number' }),
    exists,
  }),
  boolean: single({ exists }),
};

function schemaOf({ type, values, nullable, least, most, form }: Domain): JsonSchema {
  if (values !== undefined) return { enum: values };
  const word = { text: 'string', number: 'number', boolean: 'boolean' }[type];
  return {
    type: nullable === true ? [word, 'null'] : word,
    ...(least === undefined ? {} : { minimum: least }),
    ...(most === undefined ? {} : { maximum: most }),
    ...(form === undefined ? {} : { pattern: form.whole.source }),
  };
}

const leaf = (domain: Domain): JsonSchema => ({
  ...{
    type: 'array',
    minItems: 1,
    items: { anyOf: [schemaOf(domain), { $ref: `#/definitions/operator.${domain.type}` }] },
  },
});

/** A node and those below it, each under its own name in `definitions`, because the alternatives of `$or` are the same again. */
function node(
  tree: FieldTree,
  name: string,
  pathOf: (path: string) => FindingPath,
  into: Record<string, JsonSchema>,
): void {
  const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
  const fieldsBelow = (fields: FieldTree, path: string, as: string): void => {
    const properties = Object.entries(fields).map(([key, inner]) => {
      const at = below(path, key);
      if (inner === true) return [key, leaf(DOMAINS[pathOf(at)])];
      fieldsBelow(inner, at, `${as}.${key}`);
      return [key, { $ref: `#/definitions/${as}.${key}` }];
    });
    const again = { type: 'array', minItems: 2, items: { $ref: `#/definitions/${as}` } };
    into[as] = {
      ...{ type: 'object', additionalProperties: false, minProperties: 1 },
      properties: { ...Object.fromEntries(properties), $or: { description: 'Any of these.', ...again } },
    };
  };
  fieldsBelow(tree, '', name);
}

const operatorDefinitions = Object.fromEntries(
  Object.entries(operators).map(([type, schema]) => [`operator.${type}`, schema]),
);

/** `definitions` of the pattern over a finding, whose name is `finding`. */
export function findingPattern(): Readonly<Record<string, JsonSchema>> {
  const into: Record<string, JsonSchema> = { ...operatorDefinitions };
  node(FINDING_FIELDS, 'finding', (path) => path as FindingPath, into);
  return into;
}

/** `definitions` of the pattern over a target, whose name is `target`. */
export function targetPattern(): Readonly<Record<string, JsonSchema>> {
  const into: Record<string, JsonSchema> = { ...operatorDefinitions };
  const beside = ['account', 'region'];
  node(TARGET_FIELDS, 'target', (path) => (beside.includes(path) ? path : `resource.${path}`) as FindingPath, into);
  return into;
}
