import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  DescribeRepositoriesCommand,
  ECRClient,
  type ImageIdentifier,
  ListTagsForResourceCommand,
  PutImageCommand,
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
  world: {
    repositories: [
      { name: REPOSITORY, tags: { team: 'payments' }, images: [] },
      { name: 'empty', tags: {}, images: [] },
    ],
  },
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
    nextToken: 'id',
  },
};

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
];
