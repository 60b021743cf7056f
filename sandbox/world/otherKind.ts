import { closest } from '../../shared/rules/closest.ts';

/** Files that people have beside an account file, by keys that they all have. */
const kinds: readonly (readonly [keys: readonly string[], kind: string])[] = [
  [['detail-type', 'source'], 'an event'],
  [['when', 'do'], 'a rule'],
  [['Resources'], 'a CloudFormation template'],
  [['containerDefinitions'], "a task definition in ECS's own form"],
  [['apiVersion', 'kind'], 'a Kubernetes manifest'],
  [['$schema', 'properties'], 'a JSON Schema'],
];

const isMap = (value: unknown): value is object => value !== null && typeof value === 'object' && !Array.isArray(value);

/** What a file is by its keys, when it is one of those that people have beside an account file: a sentence that says so. */
export function knownKind(value: unknown): string | undefined {
  const given = isMap(value) ? Object.keys(value) : [];
  const kind = kinds.find(([needed]) => needed.every((key) => given.includes(key)))?.[1];
  return kind === undefined ? undefined : `this is ${kind}, no account file; give the path of an account file`;
}

/** What a file is that is no account file: one sentence in the place of one for each of its keys. Undefined when it may be one. */
export function otherKind(value: unknown, known: readonly string[]): string | undefined {
  const keys = `the keys of an account file are ${known.join(', ')}`;
  if (!isMap(value)) return `this is ${Array.isArray(value) ? 'a list' : 'a single value'}, no account file; ${keys}`;
  const given = Object.keys(value);
  const isStrange = given.length > 1 && given.every((key) => !known.includes(key) && !isNear(key, known));
  return knownKind(value) ?? (isStrange ? `this is no account file: it has other keys; ${keys}` : undefined);
}

const isNear = (key: string, known: readonly string[]): boolean => closest(key, known).startsWith('did you mean');
