import type * as z from 'zod';
import { closest } from './closest.ts';
import type { Complaint } from './document.ts';

type Issue = z.core.$ZodIssue;

/** A path as people write it: `do[0].ecr.quarantine-image.when`. */
export function pathText(base: string, steps: readonly PropertyKey[]): string {
  return steps.reduce<string>(
    (path, step) =>
      typeof step === 'number' ? `${path}[${step}]` : path === '' ? String(step) : `${path}.${String(step)}`,
    base,
  );
}

/** What zod may say of a key that is not there. */
const ABSENT: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union', 'invalid_value']);

interface Shaped {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly unwrap?: () => unknown;
}

/** The keys that a schema knows at a path of it; none where it is no object with keys of its own. */
function keysAt(schema: unknown, steps: readonly PropertyKey[]): readonly string[] {
  const { shape, unwrap } = (schema ?? {}) as Shaped;
  // Optional and the like wrap the schema that has the keys; an array's `unwrap` is its member, which has a step.
  if (shape === undefined) {
    if (unwrap === undefined) return [];
    const inner = (schema as Required<Shaped>).unwrap();
    return keysAt(inner, typeof steps[0] === 'number' ? steps.slice(1) : steps);
  }
  const [step, ...rest] = steps;
  return step === undefined ? Object.keys(shape) : keysAt(shape[String(step)], rest);
}

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

const isOf = (input: unknown): string =>
  input === null ? 'nothing' : (typeNames[Array.isArray(input) ? 'array' : typeof input] ?? 'something else');

function wrongType({ expected, input }: z.core.$ZodIssueInvalidType): Pick<Complaint, 'message' | 'suggestion'> {
  const message = `must be ${typeNames[expected] ?? `of type ${expected}`}, and is ${isOf(input)}`;
  if (input === null) return { message, suggestion: 'fill it in, or take the key out' };
  if (expected === 'array' && typeof input === 'string' && input.length <= 60)
    return { message, suggestion: `in brackets: [${input}]` };
  return { message };
}

function complain(issue: Issue, base: string, schema: unknown): readonly Complaint[] {
  const path = pathText(base, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => ({
      code: 'unknown-key' as const,
      path: pathText(path, [key]),
      message: `"${key}" is not a key here`,
      suggestion: known.length === 0 ? 'remove it' : closest(key, known),
    }));
  }
  if (issue.input === undefined && ABSENT.has(issue.code)) {
    return [{ code: 'missing', path, message: 'is missing' }];
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const near = typeof issue.input === 'string' ? closest(issue.input, values) : '';
    // The message lists them already.
    const suggestion = near.startsWith('one of') ? '' : near;
    return [{ code: 'value', path, message: `must be one of ${values.join(', ')}`, suggestion }];
  }
  // A schema's own sentence says more.
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input: expected ')) {
    return [{ code: 'value', path, ...wrongType(issue) }];
  }
  return [{ code: 'value', path, message: issue.message }];
}

/** What zod found (asked with `reportInput`), in the words of the other problems. `base` is the path of what was parsed. */
export function complaintsOf(error: z.ZodError, base: string, schema: unknown): readonly Complaint[] {
  return error.issues.flatMap((issue) => complain(issue, base, schema));
}
