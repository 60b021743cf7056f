import { gunzipSync } from 'node:zlib';
import { objectsOf } from '../../sandbox/services/s3/buckets.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { Stage } from './stage.ts';

/** Every event in the archive of a stage, repeats too, in the order of the objects. */
export const archivedEvents = ({ account, sandbox }: Stage): readonly JsonObject[] =>
  objectsOf(account, sandbox.stack.outputs['EvidenceBucketName'] ?? '')
    .filter(({ key }) => key.startsWith('events/'))
    .flatMap(({ body }) => gunzipSync(body).toString().trimEnd().split('\n'))
    .map((line): JsonObject => JSON.parse(line));
