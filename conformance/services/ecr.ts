import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteLifecyclePolicyCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  type ImageIdentifier,
  ListImagesCommand,
  ListTagsForResourceCommand,
  PutImageCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  StartImageScanCommand,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr';
import { type Script, step, withClient } from '../script.ts';

const REPOSITORY = 'payments/checkout';
const ARN = `arn:aws:ecr:us-east-1:123456789012:repository/${REPOSITORY}`;
const TYPE = 'application/vnd.docker.distribution.manifest.v2+json';
const digestOf = (fill: string): string => `sha256:${fill.repeat(64)}`;

/** An image's manifest, made different by its version. */
const manifest = (version: number): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: TYPE,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: 100,
      digest: digestOf(String(version)),
    },
    layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: 1000, digest: digestOf('d') }],
  });

const named = { repositoryName: REPOSITORY };
const push = (version: number, imageTag?: string) => () =>
  new PutImageCommand({
    ...named,
    imageManifest: manifest(version),
    imageManifestMediaType: TYPE,
    ...(imageTag === undefined ? {} : { imageTag }),
  });
const images =
  (input: Omit<DescribeImagesCommandInput, 'repositoryName'> = {}) =>
  () =>
    new DescribeImagesCommand({ ...named, ...input });
const pull =
  (...imageIds: ImageIdentifier[]) =>
  () =>
    new BatchGetImageCommand({ ...named, imageIds });

const base: Omit<Script, 'steps'> = {
  service: 'ecr',
  client: (connection) => new ECRClient(connection),
  world: { repositories: [{ name: REPOSITORY, tags: { team: 'payments' } }, { name: 'empty' }] },
  moto: (connection) =>
    withClient(new ECRClient(connection), async (client) => {
      const tags = [{ Key: 'team', Value: 'payments' }];
      await client.send(new CreateRepositoryCommand({ repositoryName: REPOSITORY, tags }));
      await client.send(new CreateRepositoryCommand({ repositoryName: 'empty' }));
    }),
  fields: {
    createdAt: 'time',
    imagePushedAt: 'time',
    lastRecordedPullTime: 'time',
    imageScanCompletedAt: 'time',
    repositories: 'by repositoryName',
    imageDetails: 'by imageTags',
    imageTags: 'unordered',
    imageIds: 'by imageTag',
    lifecyclePolicyText: 'json',
    lastEvaluatedAt: 'time',
    nextToken: 'id',
  },
};

const rules = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
      action: { type: 'expire' },
    },
  ],
});

/** What a repository is set up with, and images that go. */
const settings = [
  step('describes the registry', () => new DescribeRegistryCommand({})),
  step('refuses a lifecycle policy that is not there', () => new GetLifecyclePolicyCommand(named), { words: true }),
  step('puts a lifecycle policy', () => new PutLifecyclePolicyCommand({ ...named, lifecyclePolicyText: rules })),
  step('gets the lifecycle policy', () => new GetLifecyclePolicyCommand(named)),
  step(
    'refuses a lifecycle policy that is no JSON',
    () => new PutLifecyclePolicyCommand({ ...named, lifecyclePolicyText: '{' }),
  ),
  step('deletes the lifecycle policy', () => new DeleteLifecyclePolicyCommand(named)),
  step('refuses to delete it again', () => new DeleteLifecyclePolicyCommand(named)),
  step(
    'turns scanning on push on',
    () => new PutImageScanningConfigurationCommand({ ...named, imageScanningConfiguration: { scanOnPush: true } }),
  ),
  step('pushes an image to be deleted', push(1, 'gone')),
  step('pushes one that stays', push(2, 'stays')),
  step('makes tags immutable', () => new PutImageTagMutabilityCommand({ ...named, imageTagMutability: 'IMMUTABLE' })),
  step('refuses to move a tag that is immutable', push(3, 'stays')),
  step('lists images', () => new ListImagesCommand(named)),
  step('lists tagged images', () => new ListImagesCommand({ ...named, filter: { tagStatus: 'TAGGED' } })),
  step(
    'refuses to list images of a repository that is not there',
    () => new ListImagesCommand({ repositoryName: 'nowhere' }),
  ),
  step(
    'deletes images, one of which is not there',
    () => new BatchDeleteImageCommand({ ...named, imageIds: [{ imageTag: 'gone' }, { imageTag: 'nobody' }] }),
  ),
  step('does not describe what was deleted', images({ imageIds: [{ imageTag: 'gone' }] })),
];

export const ecr: readonly Script[] = [
  {
    ...base,
    steps: [
      step('lists repositories', () => new DescribeRepositoriesCommand({})),
      step('describes a repository', () => new DescribeRepositoriesCommand({ repositoryNames: [REPOSITORY] })),
      step(
        'refuses a repository that is not there',
        () => new DescribeRepositoriesCommand({ repositoryNames: ['nowhere'] }),
        { words: true },
      ),
      step('lists tags', () => new ListTagsForResourceCommand({ resourceArn: ARN })),
      step('refuses tags of what is not there', () => new ListTagsForResourceCommand({ resourceArn: `${ARN}x` })),
      step('pushes an image', push(1, '1.0')),
      step('pushes it again', push(1, '1.0')),
      step('pushes it with another tag', push(1, 'latest')),
      step('pushes another image, to which the tag moves', push(2, 'latest')),
      step('pushes an image without a tag', push(3)),
      step(
        'refuses to push to a repository that is not there',
        () => new PutImageCommand({ repositoryName: 'nowhere', imageManifest: manifest(1) }),
        { words: true },
      ),
      step('refuses a manifest that is none', () => new PutImageCommand({ ...named, imageManifest: 'none' })),
      step('describes images', images()),
      step('describes tagged images', images({ filter: { tagStatus: 'TAGGED' } })),
      step('describes untagged images', images({ filter: { tagStatus: 'UNTAGGED' } })),
      step('describes an image by tag', images({ imageIds: [{ imageTag: '1.0' }] })),
      step(
        'describes an image by digest',
        (seen) =>
          new DescribeImagesCommand({
            ...named,
            imageIds: [{ imageDigest: seen('pushes an image', 'image.imageId.imageDigest') }],
          }),
      ),
      step('describes no images', () => new DescribeImagesCommand({ repositoryName: 'empty' })),
      step('refuses an image that is not there', images({ imageIds: [{ imageTag: 'nobody' }] }), { words: true }),
      step(
        'refuses images of a repository that is not there',
        () => new DescribeImagesCommand({ repositoryName: 'nowhere' }),
      ),
      step('pulls by tag', pull({ imageTag: 'latest' })),
      step('pulls what is not there', pull({ imageTag: 'nobody' }, { imageDigest: digestOf('0') })),
      step('pulls by a digest that is none', pull({ imageDigest: 'sha256:0' })),
      step('pulls without tag and digest', pull({})),
      step('pulls nothing', pull()),
      step('starts a scan', () => new StartImageScanCommand({ ...named, imageId: { imageTag: '1.0' } })),
      step(
        'refuses a scan of an image that is not there',
        () => new StartImageScanCommand({ ...named, imageId: { imageTag: 'nobody' } }),
      ),
      step(
        'refuses findings of an image that was not scanned',
        () => new DescribeImageScanFindingsCommand({ ...named, imageId: { imageTag: 'latest' } }),
      ),
      step(
        'refuses findings of an image that is not there',
        () => new DescribeImageScanFindingsCommand({ ...named, imageId: { imageTag: 'nobody' } }),
      ),
      step(
        'archives an image',
        () =>
          new UpdateImageStorageClassCommand({
            ...named,
            imageId: { imageTag: '1.0' },
            targetStorageClass: 'ARCHIVE',
          } as never),
      ),
    ],
  },
  // In an account of its own, because moto takes it.
  {
    ...base,
    steps: [
      step(
        'refuses a digest that is not that of the manifest',
        () => new PutImageCommand({ ...named, imageManifest: manifest(4), imageDigest: digestOf('0') }),
      ),
    ],
  },
  { ...base, steps: settings },
];
