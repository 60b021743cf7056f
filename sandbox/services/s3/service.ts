import type { Service } from '../../account.ts';
import { deleteObject } from './deleteObject.ts';
import { getBucketLocation } from './getBucketLocation.ts';
import { getObject } from './getObject.ts';
import { headBucket } from './headBucket.ts';
import { headObject } from './headObject.ts';
import { listBuckets } from './listBuckets.ts';
import { listObjects } from './listObjects.ts';
import { listObjectsV2 } from './listObjectsV2.ts';
import { putObject } from './putObject.ts';
import { route } from './route.ts';

/** Buckets and whole objects, path style and virtual-hosted style; no versions, parts, tags or locks. */
export const s3Service: Service = {
  name: 's3',
  protocol: 'rest-xml',
  route,
  operations: {
    DeleteObject: deleteObject,
    GetBucketLocation: getBucketLocation,
    GetObject: getObject,
    HeadBucket: headBucket,
    HeadObject: headObject,
    ListBuckets: listBuckets,
    ListObjects: listObjects,
    ListObjectsV2: listObjectsV2,
    PutObject: putObject,
  },
};
