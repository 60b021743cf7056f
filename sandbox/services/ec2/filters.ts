import { AwsError } from '../../account.ts';
import { wildcardMatches } from '../../iam/matching.ts';

/** As the SDK has it; a form may leave either member out. */
export interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** Every filter must hold; of its values one. `*` and `?` are wildcards. Throws AwsError InvalidParameterValue for an unknown one. */
export function matcherOf<T>(
  filters: readonly Filter[],
  known: Readonly<Record<string, (one: T) => string>>,
): (one: T) => boolean {
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const textOf = Object.hasOwn(known, Name) ? known[Name] : undefined;
    if (textOf === undefined) throw new AwsError('InvalidParameterValue', `The filter '${Name}' is invalid`);
    return (one: T) => Values.some((pattern) => wildcardMatches(pattern, textOf(one)));
  });
  return (one) => tests.every((test) => test(one));
}
