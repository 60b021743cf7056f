import { AwsError } from '../../account.ts';
import { wildcardMatches } from '../../iam/matching.ts';
import type { Tags } from './vpc.ts';

/** As the SDK has it; a form may leave either member out. */
export interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** What a filter compares, by its name; of several values any may match. */
export interface Known<T> {
  readonly [filter: string]: (one: T) => string | readonly string[];
}

/**
 * Every filter must hold; of its values one. `*` and `?` are wildcards. With `tagsOf` there are `tag:KEY` and `tag-key` as well.
 * Throws AwsError InvalidParameterValue for an unknown one.
 */
export function matcherOf<T>(
  filters: readonly Filter[],
  known: Known<T>,
  tagsOf?: (one: T) => Tags,
): (one: T) => boolean {
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const valuesOf = tagsOf === undefined ? undefined : tagFilter(Name, tagsOf);
    const textOf = valuesOf ?? (Object.hasOwn(known, Name) ? known[Name] : undefined);
    if (textOf === undefined) throw new AwsError('InvalidParameterValue', `The filter '${Name}' is invalid`);
    return (one: T) => Values.some((pattern) => [textOf(one)].flat().some((text) => wildcardMatches(pattern, text)));
  });
  return (one) => tests.every((test) => test(one));
}

function tagFilter<T>(name: string, tagsOf: (one: T) => Tags): ((one: T) => readonly string[]) | undefined {
  if (name === 'tag-key') return (one) => Object.keys(tagsOf(one));
  if (!name.startsWith('tag:')) return undefined;
  const key = name.slice('tag:'.length);
  return (one) => (Object.hasOwn(tagsOf(one), key) ? [tagsOf(one)[key] ?? ''] : []);
}
