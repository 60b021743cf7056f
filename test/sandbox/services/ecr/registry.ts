import type {
  BatchGetImageRequest,
  BatchGetImageResponse,
  DescribeImagesRequest,
  DescribeImagesResponse,
  ImageIdentifier,
  PutImageRequest,
  PutImageResponse,
  TargetStorageClass,
  UpdateImageStorageClassResponse,
} from '@aws-sdk/client-ecr';
import { batchGetImage } from '../../../../sandbox/services/ecr/batchGetImage.ts';
import { describeImages } from '../../../../sandbox/services/ecr/describeImages.ts';
import { putImage } from '../../../../sandbox/services/ecr/putImage.ts';
import { updateImageStorageClass } from '../../../../sandbox/services/ecr/updateImageStorageClass.ts';
import { remove } from '../../../../sandbox/services/sqs/queue.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { busWithQueue, queueArn } from '../eventbridge/busWithQueue.ts';
import { runOn } from '../runOn.ts';

export const INDEX = digest('a');
export const AMD64 = digest('b');
export const ARM64 = digest('c');
export const PLAIN = digest('d');

/** One repository: an index tagged prod and 1.0 with two platforms, and a plain image tagged old. */
const images: readonly object[] = [
  {
    digest: INDEX,
    tags: ['prod', '1.0'],
    pushedAt: '2026-11-01T10:00:00.250Z',
    platforms: [{ digest: AMD64 }, { digest: ARM64, architecture: 'arm64' }],
    scan: { CRITICAL: 12, HIGH: 1 },
  },
  { digest: PLAIN, tags: ['old'], scan: { LOW: 4 } },
];

export const repositoryName = 'payments/api';

/**
 * A registry whose events wait in the queue `scans`, and its calls by the account's administrator.
 * @param settings of the repository, as an account file has them
 */
export function registry(more: readonly object[] = [], settings: object = {}) {
  const fake = busWithQueue();
  const repositories = [
    { name: repositoryName, tags: { team: 'payments' }, ...settings, images: [...images, ...more] },
  ];
  loadWorld(fake.account, worldSchema.parse({ region: 'eu-west-1', repositories }));
  const run = runOn(fake);
  /** The events so far, a second later; each is given once. */
  const envelopes = async (): Promise<readonly { readonly detail: unknown }[]> => {
    await fake.clock.advance(1000);
    const messages = fake.messages('scans');
    for (const { receiptHandle } of messages) remove(fake.account, queueArn('scans'), receiptHandle);
    return messages.map(({ body }) => JSON.parse(body));
  };
  return {
    ...fake,
    run,
    describe: (input: Partial<DescribeImagesRequest> = {}) =>
      run<DescribeImagesResponse>(describeImages, { repositoryName, ...input }),
    get: (imageIds: readonly ImageIdentifier[], input: Partial<BatchGetImageRequest> = {}) =>
      run<BatchGetImageResponse>(batchGetImage, { repositoryName, imageIds, ...input }),
    put: (input: Partial<PutImageRequest>) => run<PutImageResponse>(putImage, { repositoryName, ...input }),
    move: (imageId: ImageIdentifier, targetStorageClass: TargetStorageClass) =>
      run<UpdateImageStorageClassResponse>(updateImageStorageClass, { repositoryName, imageId, targetStorageClass }),
    envelopes,
    /** The events so far, without their envelopes; each is given once. */
    actions: async (): Promise<readonly unknown[]> => (await envelopes()).map(({ detail }) => detail),
  };
}
