import {
  BatchDeleteImageCommand,
  DeleteLifecyclePolicyCommand,
  DescribeImageReplicationStatusCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetLifecyclePolicyPreviewCommand,
  GetRegistryScanningConfigurationCommand,
  ImageTagAlreadyExistsException,
  LifecyclePolicyNotFoundException,
  LifecyclePolicyPreviewNotFoundException,
  PutImageCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  type PutImageTagMutabilityRequest,
  PutLifecyclePolicyCommand,
  PutReplicationConfigurationCommand,
  paginateListImages,
  StartLifecyclePolicyPreviewCommand,
  waitUntilLifecyclePolicyPreviewComplete,
} from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import { ecrService } from '../../../../sandbox/services/ecr/service.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';
import { policy, rule } from './lifecycle/policies.ts';

const repositoryName = 'app';
const at = { repositoryName };
const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [
    {
      name: repositoryName,
      images: [
        { digest: digest('a'), tags: ['1', '2'], scan: { HIGH: 1 } },
        { digest: digest('b'), tags: ['3'] },
      ],
    },
  ],
});

/** The registry of the world, and the SDK's own client of it. */
const withClient = (use: (ecr: ECRClient, settle: () => Promise<void>) => Promise<void>) =>
  throughDoor([ecrService], async ({ account, clock }) => {
    loadWorld(account, world);
    await use(new ECRClient(clientOptions(account)), () => clock.settle());
  });

it('sets tags, scans and replication as the SDK spells them', () =>
  withClient(async (ecr) => {
    const mutability: Pick<PutImageTagMutabilityRequest, 'imageTagMutability' | 'imageTagMutabilityExclusionFilters'> =
      {
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev-*' }],
      };
    expect(await ecr.send(new PutImageTagMutabilityCommand({ ...at, ...mutability }))).toMatchObject(mutability);
    const imageScanningConfiguration = { scanOnPush: true };
    await ecr.send(new PutImageScanningConfigurationCommand({ ...at, imageScanningConfiguration }));
    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories).toEqual([expect.objectContaining({ ...mutability, imageScanningConfiguration })]);

    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      layers: [],
    });
    const taken = ecr.send(new PutImageCommand({ ...at, imageManifest, imageTag: '1' }));
    await expect(taken).rejects.toBeInstanceOf(ImageTagAlreadyExistsException);

    const rules = [{ destinations: [{ region: 'eu-central-1', registryId: '123456789012' }] }];
    await ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } }));
    const registry = await ecr.send(new DescribeRegistryCommand({}));
    expect(registry.replicationConfiguration).toEqual({ rules });
    const imageId = { imageTag: '1' };
    const status = await ecr.send(new DescribeImageReplicationStatusCommand({ ...at, imageId }));
    expect(status).toMatchObject({ imageId: { imageDigest: digest('a') }, replicationStatuses: [] });
    const scanning = await ecr.send(new GetRegistryScanningConfigurationCommand({}));
    expect(scanning.scanningConfiguration).toEqual({ scanType: 'BASIC', rules: [] });
    const findings = await ecr.send(new DescribeImageScanFindingsCommand({ ...at, imageId }));
    expect(findings.imageScanFindings?.findings).toEqual([expect.objectContaining({ severity: 'HIGH' })]);
  }));

it("keeps, previews and drops a lifecycle policy by the SDK's calls and waiter", () =>
  withClient(async (ecr, settle) => {
    const lifecyclePolicyText = policy(rule());
    const get = () => ecr.send(new GetLifecyclePolicyCommand(at));
    await expect(get()).rejects.toBeInstanceOf(LifecyclePolicyNotFoundException);
    const preview = () => ecr.send(new GetLifecyclePolicyPreviewCommand(at));
    await expect(preview()).rejects.toBeInstanceOf(LifecyclePolicyPreviewNotFoundException);
    await ecr.send(new PutLifecyclePolicyCommand({ ...at, lifecyclePolicyText }));
    expect(await get()).toMatchObject({ lifecyclePolicyText, lastEvaluatedAt: new Date(0) });
    await ecr.send(new StartLifecyclePolicyPreviewCommand(at));
    await settle();
    const done = await waitUntilLifecyclePolicyPreviewComplete({ client: ecr, maxWaitTime: 30 }, at);
    expect(done.state).toBe('SUCCESS');
    expect((await preview()).previewResults).toMatchObject([
      { imageDigest: digest('a'), imageTags: ['1', '2'], imagePushedAt: new Date('2026-01-01T00:00:00Z') },
      { imageDigest: digest('b'), action: { type: 'EXPIRE' } },
    ]);
    await ecr.send(new DeleteLifecyclePolicyCommand(at));
    await expect(get()).rejects.toBeInstanceOf(LifecyclePolicyNotFoundException);
  }));

it('lists and deletes by tag and digest', () =>
  withClient(async (ecr) => {
    const listed: unknown[] = [];
    for await (const page of paginateListImages({ client: ecr, pageSize: 2 }, { ...at }))
      listed.push(...(page.imageIds ?? []));
    expect(listed).toHaveLength(3);
    const imageIds = [{ imageTag: '1' }, { imageDigest: digest('b') }, { imageTag: 'none' }];
    const deleted = await ecr.send(new BatchDeleteImageCommand({ ...at, imageIds }));
    expect(deleted.imageIds).toEqual([
      { imageDigest: digest('a'), imageTag: '1' },
      { imageDigest: digest('b'), imageTag: '3' },
    ]);
    expect(deleted.failures).toMatchObject([{ imageId: { imageTag: 'none' }, failureCode: 'ImageNotFound' }]);
    const { imageDetails } = await ecr.send(new DescribeImagesCommand(at));
    expect(imageDetails).toEqual([expect.objectContaining({ imageDigest: digest('a'), imageTags: ['2'] })]);
  }));
