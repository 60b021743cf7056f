import { operation, type RestOutput } from '../../account.ts';
import { bucketByName } from './buckets.ts';
import { onBucket, type S3Request } from './request.ts';
import { document } from './xml.ts';

/** The Region; us-east-1 is told by an empty element. */
export const getBucketLocation = operation<S3Request, RestOutput>(
  onBucket('GetBucketLocation'),
  (input, { account }) => {
    bucketByName(account, input.bucket);
    return document('LocationConstraint', account.region === 'us-east-1' ? '' : account.region);
  },
);
