import type {
  DescribeImageReplicationStatusResponse,
  DescribeRegistryResponse,
  PutReplicationConfigurationResponse,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { describeImageReplicationStatus } from '../../../../sandbox/services/ecr/describeImageReplicationStatus.ts';
import { describeRegistry } from '../../../../sandbox/services/ecr/describeRegistry.ts';
import { putReplicationConfiguration } from '../../../../sandbox/services/ecr/putReplicationConfiguration.ts';
import { registry, repositoryName } from './registry.ts';

const ireland = { region: 'eu-central-1', registryId: '123456789012' };
const rule = (filter: string) => ({
  destinations: [ireland],
  repositoryFilters: [{ filter, filterType: 'PREFIX_MATCH' }],
});
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  layers: [],
});

function replicating() {
  const all = registry();
  return {
    ...all,
    set: (rules: readonly object[]) =>
      all.run<PutReplicationConfigurationResponse>(putReplicationConfiguration, {
        replicationConfiguration: { rules },
      }),
    shown: async () => (await all.run<DescribeRegistryResponse>(describeRegistry, {})).replicationConfiguration?.rules,
    status: async (imageTag: string) =>
      (
        await all.run<DescribeImageReplicationStatusResponse>(describeImageReplicationStatus, {
          repositoryName,
          imageId: { imageTag },
        })
      ).replicationStatuses,
  };
}

describe('replication', () => {
  it('says of an image that is pushed under a rule that it is on its way, and within half an hour that it is there', async () => {
    const { set, shown, put, status, clock } = replicating();
    expect(await shown()).toEqual([]);
    expect(await set([rule('payments/')])).toEqual({ replicationConfiguration: { rules: [rule('payments/')] } });
    expect(await shown()).toEqual([rule('payments/')]);
    await put({ imageManifest: manifest, imageTag: 'new' });
    expect(await status('new')).toEqual([{ ...ireland, status: 'IN_PROGRESS' }]);
    await clock.advance(30 * 60_000);
    expect(await status('new')).toEqual([{ ...ireland, status: 'COMPLETE' }]);
  });

  it('says nothing of what was pushed before, or of a repository that no rule is for', async () => {
    const { set, put, status } = replicating();
    await set([rule('orders/')]);
    await put({ imageManifest: manifest, imageTag: 'new' });
    expect(await status('new')).toEqual([]);
    await set([{ destinations: [ireland] }]);
    expect(await status('old')).toEqual([]);
    await put({ imageManifest: manifest, imageTag: 'newer' });
    expect(await status('newer')).toHaveLength(1);
  });

  it.each([
    ['eleven rules', Array.from({ length: 11 }, () => rule('payments/'))],
    ['a rule without a destination', [{ destinations: [] }]],
    ['this very registry', [{ destinations: [{ region: 'eu-west-1', registryId: '123456789012' }] }]],
    ['what is no Region', [{ destinations: [{ ...ireland, region: 'Dublin!' }] }]],
    ['what is no account', [{ destinations: [{ ...ireland, registryId: '12' }] }]],
    [
      '26 destinations',
      [{ destinations: Array.from({ length: 26 }, (_, at) => ({ ...ireland, region: `eu-west-${at + 2}` })) }],
    ],
    [
      'another type of filter',
      [{ destinations: [ireland], repositoryFilters: [{ filter: 'ab', filterType: 'REGEX' }] }],
    ],
    ['what begins no name', [rule('-a')]],
  ])('refuses %s', async (_what, rules) => {
    const { set, shown } = replicating();
    await expect(set(rules)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    expect(await shown()).toEqual([]);
  });
});
