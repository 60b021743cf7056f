import { AwsError } from '../../../account.ts';
import { pageOf } from '../../paging.ts';

/** Step Functions pages hold 100 entries, at most 1,000. @throws AwsError InvalidToken, ValidationException */
export function statesPage<T>(items: readonly T[], maxResults: number | undefined, token: string | undefined) {
  if (maxResults !== undefined && (maxResults < 0 || maxResults > 1000)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${maxResults}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000`,
    );
  }
  try {
    return pageOf(items, maxResults || 100, token);
  } catch (error) {
    throw error instanceof AwsError ? new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`) : error;
  }
}
