import { ImageTagMutability, type ImageTagMutabilityExclusionFilter } from '@aws-sdk/client-ecr';
import { invalid } from './invalid.ts';
import { matchesWildcard, wildcardsIn } from './wildcard.ts';

/** Which tags of a repository stay on the image that they were put on. */
export interface TagMutability {
  readonly setting: ImageTagMutability;
  /** Filters of the tags for which the opposite holds; empty unless the setting is one `_WITH_EXCLUSION`. */
  readonly exclusions: readonly string[];
}

export const isImmutable = ({ setting, exclusions }: TagMutability, tag: string): boolean =>
  setting.startsWith('IMMUTABLE') !== exclusions.some((filter) => matchesWildcard(filter, tag));

const FILTER = /^[0-9a-zA-Z._*-]{1,128}$/;
const MOST_FILTERS = 5;
const MOST_WILDCARDS = 2;

/** Why ECR would not take this setting with these filters, with the parameter that is to blame; undefined when it takes it. */
export function wrongMutability(
  setting: string | undefined,
  filters: readonly string[],
): { readonly parameter: string; readonly why: string } | undefined {
  const settings: readonly string[] = Object.values(ImageTagMutability);
  if (setting === undefined || !settings.includes(setting)) {
    return { parameter: 'imageTagMutability', why: `Member must satisfy enum value set: [${settings.join(', ')}]` };
  }
  const why = wrongFilters(setting.endsWith('_WITH_EXCLUSION'), setting, filters);
  return why === undefined ? undefined : { parameter: 'imageTagMutabilityExclusionFilters', why };
}

function wrongFilters(excludes: boolean, setting: string, filters: readonly string[]): string | undefined {
  if (!excludes && filters.length > 0) return `${setting} has no exclusion filters`;
  if (excludes && (filters.length < 1 || filters.length > MOST_FILTERS)) {
    return `${setting} must have 1 to ${MOST_FILTERS} exclusion filters`;
  }
  const odd = filters.find((filter) => !FILTER.test(filter) || wildcardsIn(filter) > MOST_WILDCARDS);
  return odd === undefined
    ? undefined
    : `'${odd}' must be 1 to 128 letters, digits or ._*- with at most ${MOST_WILDCARDS} wildcards`;
}

/** Throws AwsError InvalidParameterException. */
export function readMutability(
  setting: string | undefined,
  filters: readonly ImageTagMutabilityExclusionFilter[] = [],
): TagMutability {
  const exclusions = filters.map(({ filter = '' }) => filter);
  const wrong = wrongMutability(setting, exclusions);
  if (wrong !== undefined) throw invalid(wrong.parameter, wrong.why);
  if (filters.some(({ filterType }) => filterType !== 'WILDCARD')) {
    throw invalid('imageTagMutabilityExclusionFilters', 'Member must satisfy enum value set: [WILDCARD]');
  }
  return { setting: setting as ImageTagMutability, exclusions };
}

/** As ECR shows it: without the list where there is none. */
export const shownMutability = ({ setting, exclusions }: TagMutability) => ({
  imageTagMutability: setting,
  ...(exclusions.length === 0
    ? {}
    : {
        imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({ filterType: 'WILDCARD' as const, filter })),
      }),
});
