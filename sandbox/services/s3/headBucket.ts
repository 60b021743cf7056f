import { operation, type RestOutput } from '../../account.ts';
import { bucketByName } from './buckets.ts';
import { onBucket, type S3Request } from './request.ts';

export const headBucket = operation<S3Request, RestOutput>(onBucket('ListBucket'), (input, { account }) => {
  bucketByName(account, input.bucket);
  return { headers: { 'x-amz-bucket-region': account.region } };
});
