import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { ecrService } from '../../../../sandbox/services/ecr/service.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const repositoryName = 'app';
const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [
    {
      name: repositoryName,
      images: [{ digest: digest('a'), pushedAt: '2026-11-01T10:00:00.250Z', lastPulledAt: '2026-11-02T10:00:00Z' }],
    },
    { name: 'other' },
  ],
});

it('answers the SDK in its own types, to the millisecond', () =>
  throughDoor([ecrService], async ({ account, clock }) => {
    loadWorld(account, world);
    const ecr = new ECRClient(clientOptions(account));
    const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName }));
    expect(imageDetails?.[0]?.imagePushedAt).toEqual(new Date('2026-11-01T10:00:00.250Z'));
    expect(imageDetails?.[0]?.lastRecordedPullTime).toEqual(new Date('2026-11-02T10:00:00Z'));
    const imageId = { imageDigest: digest('a') };
    const archive = { repositoryName, imageId, targetStorageClass: 'ARCHIVE' } as const;
    expect((await ecr.send(new UpdateImageStorageClassCommand(archive))).imageStatus).toBe('ARCHIVED');
    const failed = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [imageId] }));
    expect(failed.failures?.[0]?.failureCode).toBe('ImageNotFound');
    await ecr.send(new UpdateImageStorageClassCommand({ ...archive, targetStorageClass: 'STANDARD' }));
    await clock.settle();
    const pulled = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [imageId] }));
    expect(pulled.images).toHaveLength(1);
  }));

it('names its errors as the SDK knows them', () =>
  throughDoor([ecrService], async ({ account }) => {
    const ecr = new ECRClient(clientOptions(account));
    const asked = ecr.send(new DescribeImagesCommand({ repositoryName: 'nowhere' }));
    await expect(asked).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
  }));

it('lets a role do what its policy allows, on that repository', () =>
  throughDoor([ecrService], async ({ account }) => {
    loadWorld(account, world);
    const resource = 'arn:aws:ecr:eu-west-1:123456789012:repository/app';
    createRole(account, {
      name: 'Reader',
      arn: 'arn:aws:iam::123456789012:role/Reader',
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }),
      policies: [
        { name: 'read', document: policyOf({ Effect: 'Allow', Action: 'ecr:Describe*', Resource: resource }) },
      ],
    });
    const ecr = new ECRClient(clientOptions(account, credentialsFor(account, 'Reader', 'test')));
    expect((await ecr.send(new DescribeImagesCommand({ repositoryName }))).imageDetails).toHaveLength(1);
    const denied = { name: 'AccessDeniedException' };
    const imageIds = [{ imageDigest: digest('a') }];
    await expect(ecr.send(new BatchGetImageCommand({ repositoryName, imageIds }))).rejects.toMatchObject(denied);
    await expect(ecr.send(new DescribeImagesCommand({ repositoryName: 'other' }))).rejects.toMatchObject(denied);
    await expect(ecr.send(new DescribeRepositoriesCommand({}))).rejects.toMatchObject(denied);
  }));
