import { AwsError } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';

interface Paged {
  readonly MaxResults?: unknown;
  readonly NextToken?: string | undefined;
}

/**
 * One page of 5 to 1,000, not to be asked for together with ids (`named`). A form carries the size as text.
 * Throws AwsError InvalidParameterCombination or InvalidParameterValue.
 */
export function page<T>(
  items: readonly T[],
  { MaxResults, NextToken }: Paged,
  named: string | undefined,
): { readonly items: T[]; readonly rest: { readonly NextToken?: string } } {
  const asked = MaxResults === undefined ? undefined : Number(MaxResults);
  if (named !== undefined && asked !== undefined) {
    const message = `The parameter ${named} cannot be used with the parameter MaxResults`;
    throw new AwsError('InvalidParameterCombination', message);
  }
  if (asked !== undefined && asked < 5) {
    throw new AwsError('InvalidParameterValue', `Value ( ${MaxResults} ) for parameter maxResults is invalid`);
  }
  const size = pageSize(asked, 1000, 1000, 'InvalidParameterValue');
  const { items: some, nextToken } = pageOf(items, size, NextToken, 'InvalidParameterValue');
  return { items: [...some], rest: nextToken === undefined ? {} : { NextToken: nextToken } };
}
