import {
  ECRClient,
  PutImageCommand,
  PutImageTagMutabilityCommand,
  PutRegistryScanningConfigurationCommand,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr';
import { repositories } from '../../sandbox/services/ecr/state.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { administrator } from './asAdministrator.ts';
import type { Image } from './scan.ts';
import type { Stage } from './stage.ts';

/** What a team's pipeline, or a person, does to images: with the administrator's SDK client. */
const ecrOf = (stage: Stage): ECRClient => new ECRClient(administrator(stage));

/** Pushes an image that nobody has seen before. Answers with its digest. */
export async function pushNew(stage: Stage, repositoryName: string, imageTag: string): Promise<string> {
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    layers: [],
    annotations: { imageTag },
  });
  const { image } = await ecrOf(stage).send(new PutImageCommand({ repositoryName, imageTag, imageManifest }));
  return image?.imageId?.imageDigest ?? '';
}

/** Pushes an image again that is there, under a tag or none: out of the archive it is active at once. */
export async function pushAgain(stage: Stage, { repository, digest }: Image, imageTag?: string): Promise<void> {
  const imageManifest = repositories(stage.account).get(repository)?.images.get(digest)?.manifest;
  await ecrOf(stage).send(new PutImageCommand({ repositoryName: repository, imageTag, imageManifest }));
}

/** Lets the tags of a repository be moved, by hand. */
export async function letTagsMove(stage: Stage, repositoryName: string): Promise<void> {
  await ecrOf(stage).send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'MUTABLE' }));
}

/** Has the registry scan on push what these filters take, and nothing else. */
export async function scanOnly(stage: Stage, ...filters: readonly string[]): Promise<void> {
  const repositoryFilters = filters.map((filter) => ({ filter, filterType: 'WILDCARD' as const }));
  const rules = [{ scanFrequency: 'SCAN_ON_PUSH' as const, repositoryFilters }];
  await ecrOf(stage).send(new PutRegistryScanningConfigurationCommand({ rules }));
}

/** Asks ECR for another storage class, by hand. */
export async function moveByHand(
  stage: Stage,
  { repository, digest }: Image,
  targetStorageClass: 'STANDARD' | 'ARCHIVE',
): Promise<void> {
  const imageId = { imageDigest: digest };
  await ecrOf(stage).send(
    new UpdateImageStorageClassCommand({ repositoryName: repository, imageId, targetStorageClass }),
  );
}

/** `ECR Image Action` as ECR sends it, of a moment: now, unless another is given. */
export const actionEvent = (
  { account }: Stage,
  { repository, digest }: Image,
  action: JsonObject,
  time = new Date(account.clock.now()),
): JsonObject => ({
  version: '0',
  id: account.random.uuid(),
  'detail-type': 'ECR Image Action',
  source: 'aws.ecr',
  account: account.id,
  time: `${time.toISOString().slice(0, 19)}Z`,
  region: account.region,
  resources: [],
  detail: {
    result: 'SUCCESS',
    'repository-name': repository,
    'image-digest': digest,
    'manifest-media-type': 'application/vnd.oci.image.manifest.v1+json',
    'artifact-media-type': 'application/vnd.oci.image.config.v1+json',
    ...action,
  },
});

export const restored = { 'action-type': 'UPDATE_STORAGE_CLASS', 'target-storage-class': 'STANDARD' };
export const archived = { ...restored, 'target-storage-class': 'ARCHIVE' };
export const pushed = { 'action-type': 'PUSH' };
