import type { Json } from '../../platform/json.ts';

/** In the place of every value in an `environment`. */
export const withheld = '(value withheld)';

/** A shorter value is found everywhere: taking out each `1` and `prod` would leave nothing to read. */
const shortest = 8;

/**
 * Takes the values of environments out of what is stored: all of them where they are set, and those of at least eight
 * characters also where they are written out, in command lines, labels, options of log drivers and log lines. There the
 * variable's name stands in their place, so that the line still reads.
 */
export interface Redaction {
  /** A description as AWS gave it; dates become ISO text. */
  document(described: unknown): Json;
  text(line: string): string;
}

/**
 * @param known descriptions whose environments are to be kept secret; null when one of them could not be read. Then command
 * lines, which may hold values of it, are withheld altogether.
 */
export function redactionOf(known: readonly unknown[] | null): Redaction {
  const text = known === null ? () => withheld : replacing(known.flatMap((one) => variablesIn(plain(one))));
  return { document: (described) => redacted(plain(described), text), text };
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

type Variable = readonly [name: string, value: string];

const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * ECS and Kubernetes write an environment as a list of names and values, `environment` and `env`; Lambda as a map,
 * `Environment: { Variables }`.
 */
function variablesIn(value: Json): readonly Variable[] {
  if (Array.isArray(value)) return value.flatMap(variablesIn);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (isList(key) && Array.isArray(inner)) return inner.flatMap(variableOf);
    return isMap(inner) && isOfLambda(key) ? variablesOf(inner) : variablesIn(inner);
  });
}

/** What `kubectl apply` was given, as text: the values of environments are in it, too. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

const isList = (key: string): boolean => key === 'environment' || key === 'env';
const isOfLambda = (key: string): boolean => key === 'Variables';

const variablesOf = (map: { readonly [name: string]: Json }): readonly Variable[] =>
  Object.entries(map).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));

function variableOf(entry: Json): readonly Variable[] {
  const { name, value } = isMap(entry) ? entry : {};
  return typeof value === 'string' ? [[typeof name === 'string' ? name : '', value]] : [];
}

/** Where people write values out, by the key that ECS or Kubernetes gives them. Everything below is text of theirs. */
const freeText = new Set([
  ...['command', 'entryPoint', 'dockerLabels', 'options', 'labels', 'driverOpts'],
  // Of Kubernetes; a message may be the last lines of a container (terminationMessagePolicy).
  ...['args', 'annotations', 'message', 'httpHeaders'],
  // Of Lambda (`ImageConfig`).
  ...['Command', 'EntryPoint'],
]);

function redacted(value: Json, text: Redaction['text'], free = false): Json {
  if (typeof value === 'string') return free ? text(value) : value;
  if (Array.isArray(value)) return value.map((inner) => redacted(inner, text, free));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (isList(key) && Array.isArray(inner)) return [key, inner.map(nameOnly)];
      if (key === lastApplied) return [key, withheld];
      if (isMap(inner) && isOfLambda(key)) return [key, namesOnly(inner)];
      return [key, redacted(inner, text, free || freeText.has(key))];
    }),
  );
}

const namesOnly = (map: { readonly [name: string]: Json }): Json =>
  Object.fromEntries(Object.keys(map).map((name) => [name, withheld]));

/** A reference says where a value comes from, and not what it is. */
function nameOnly(entry: Json): Json {
  if (!isMap(entry)) return withheld;
  const { name = null, valueFrom } = entry;
  return valueFrom === undefined ? { name, value: withheld } : { name, valueFrom };
}

const literally = (value: string): string => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A key in PEM, say, is printed line by line, and each line is an event of a log. */
const withItsLines = (value: string): readonly string[] => [value, ...value.split(/\r?\n/)];

/** The longest first: a value may begin with another. A line of JSON has a value as JSON writes it. */
function replacing(variables: readonly Variable[]): Redaction['text'] {
  const names = new Map(
    variables.flatMap(([name, value]) =>
      withItsLines(value)
        .filter((one) => one.length >= shortest)
        .flatMap((one) => [[one, name] as const, [JSON.stringify(one).slice(1, -1), name] as const]),
    ),
  );
  if (names.size === 0) return (line) => line;
  const values = [...names.keys()].toSorted((a, b) => b.length - a.length).map(literally);
  const pattern = new RegExp(values.join('|'), 'g');
  return (line) => line.replace(pattern, (value) => `(value of ${names.get(value)})`);
}
