import { operation, type RestOutput } from '../../account.ts';
import { bucketByName } from './buckets.ts';
import { onObject, type S3Request } from './request.ts';

/** Deletes for good, there are no versions; a key that is not there is no error. */
export const deleteObject = operation<S3Request, RestOutput>(onObject('DeleteObject'), (input, { account }) => {
  bucketByName(account, input.bucket).objects.delete(input.key);
  return { status: 204 };
});
