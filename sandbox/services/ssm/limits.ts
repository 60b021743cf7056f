import { AwsError } from '../../account.ts';

/** As AWS words what breaks a bound of its model. */
export const invalid = (field: string, constraint: string): AwsError =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${field}' failed to satisfy constraint: ${constraint}`,
  );

/** From one up to `most` items, or none at all. Throws AwsError ValidationException. */
export function atMost<T>(field: string, items: readonly T[] | undefined, most: number): readonly T[] {
  const all = items ?? [];
  if (all.length > most) throw invalid(field, `Member must have length less than or equal to ${most}`);
  return all;
}

/** The page size that a caller asked for. Throws AwsError ValidationException. */
export function sizeWithin(asked: number | undefined, usual: number, least: number, most: number): number {
  if (asked === undefined) return usual;
  if (asked < least) throw invalid('maxResults', `Member must have value greater than or equal to ${least}`);
  if (asked > most) throw invalid('maxResults', `Member must have value less than or equal to ${most}`);
  return asked;
}

const NODE_ID = /^(?:i-(?:\w{8}|\w{17})|mi-\w{17})$/;

/** Throws AwsError ValidationException for an id that is none of a node. */
export function checkNodeId(field: string, id: string | undefined): string {
  if (id !== undefined && NODE_ID.test(id)) return id;
  throw invalid(field, 'Member must satisfy regular expression pattern: (^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)');
}
