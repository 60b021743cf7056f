import { AwsError } from '../../account.ts';

interface Kind {
  /** In the codes of errors, e.g. `InvalidInstanceID`. */
  readonly code: string;
  /** In their text, e.g. `instance`. */
  readonly noun: string;
  /** `i` of `i-0123456789abcdef0`. */
  readonly prefix: string;
}

/** Those that are named, in their own order. Throws AwsError `CODE.Malformed` or `CODE.NotFound`. */
export function named<T>(
  all: readonly T[],
  ids: readonly string[],
  idOf: (one: T) => string,
  { code, noun, prefix }: Kind,
): readonly T[] {
  const form = new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);
  const malformed = ids.find((id) => !form.test(id));
  if (malformed !== undefined) {
    throw new AwsError(`${code}.Malformed`, `Invalid id: "${malformed}" (expecting "${prefix}-...")`);
  }
  const missing = ids.filter((id) => !all.some((one) => idOf(one) === id));
  if (missing.length > 0) {
    const [which, verb] = missing.length === 1 ? ['ID', 'does'] : ['IDs', 'do'];
    throw new AwsError(`${code}.NotFound`, `The ${noun} ${which} '${missing.join(', ')}' ${verb} not exist`);
  }
  return all.filter((one) => ids.includes(idOf(one)));
}
