import { DescribeImagesCommand, ECRClient, UpdateImageStorageClassCommand } from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addFaults, faultsSet, removeFaults } from '../../../sandbox/faults/set.ts';
import type { FaultSpec } from '../../../sandbox/faults/spec.ts';
import { ecrService } from '../../../sandbox/services/ecr/service.ts';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { loadWorld } from '../../../sandbox/world/load.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { openWire, type Wire } from '../services/openWire.ts';
import { digest } from '../world/digests.ts';

const repositoryName = 'app';
const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [{ name: repositoryName, images: [{ digest: digest('a') }] }],
});

let wire: Wire;
let ecr: ECRClient;
beforeEach(async () => {
  wire = await openWire(ecrService);
  loadWorld(wire.account, world);
  ecr = new ECRClient(wire.config);
});
afterEach(() => wire.close());

const archive = () =>
  ecr.send(
    new UpdateImageStorageClassCommand({
      repositoryName,
      imageId: { imageDigest: digest('a') },
      targetStorageClass: 'ARCHIVE',
    }),
  );
/** As DescribeImages shows it. */
async function shown(): Promise<string | undefined> {
  const filter = { imageStatus: 'ANY' } as const;
  const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName, filter }));
  return imageDetails?.[0]?.imageStatus;
}
/** As it is. */
const really = (): string | undefined =>
  repositories(wire.account).get(repositoryName)?.images.get(digest('a'))?.status;

const set = (spec: Partial<FaultSpec> & Pick<FaultSpec, 'fault'>): void => {
  addFaults(wire.account, [{ operation: 'UpdateImageStorageClass', ...spec }]);
};

describe('a call that a fault strikes', () => {
  it('is refused in the words of AWS, by whom and on what', async () => {
    set({ fault: 'denied' });
    await expect(archive()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:UpdateImageStorageClass on resource: arn:aws:ecr:eu-west-1:123456789012:repository/app because no identity-based policy allows the ecr:UpdateImageStorageClass action',
    });
    expect(wire.account.trail.at(-1)).toMatchObject({ result: 'AccessDeniedException' });
    expect(really()).toBe('ACTIVE');
  });

  it('lost before: the connection breaks, and it has no effect', async () => {
    set({ fault: 'lost-before' });
    await expect(archive()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(really()).toBe('ACTIVE');
  });

  it('lost after: the connection breaks, and it has had its effect', async () => {
    set({ fault: 'lost-after' });
    await expect(archive()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(really()).toBe('ARCHIVED');
  });

  it('slow: it is answered so much later', async () => {
    set({ fault: 'slow', seconds: 40 });
    const from = wire.clock.now();
    await archive();
    expect(wire.clock.now() - from).toBe(40_000);
    expect(really()).toBe('ARCHIVED');
  });

  it('stale: reads do not see it for so long, and then they do', async () => {
    set({ fault: 'stale', seconds: 10 });
    await archive();
    expect([really(), await shown()]).toEqual(['ARCHIVED', 'ACTIVE']);
    await wire.clock.advance(9999);
    expect(await shown()).toBe('ACTIVE');
    await wire.clock.advance(1);
    expect(await shown()).toBe('ARCHIVED');
  });

  it('throttled once: the client tries again', async () => {
    set({ fault: 'throttled', times: 1 });
    ecr = new ECRClient({ ...wire.config, maxAttempts: 2 });
    await archive();
    expect(really()).toBe('ARCHIVED');
    const call = {
      principal: 'arn:aws:iam::123456789012:root',
      action: 'ecr:UpdateImageStorageClass',
      resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/app',
    };
    expect(wire.account.trail).toMatchObject([
      { ...call, result: 'ThrottlingException' },
      { ...call, result: 'ok' },
    ]);
  });

  it('of another target, meets nothing', async () => {
    set({ fault: 'failed', target: 'repository/other' });
    await archive();
    expect(faultsSet(wire.account)).toMatchObject([{ fault: 'failed', hits: 0 }]);
  });
});

it('faults can be counted and taken out again', async () => {
  set({ fault: 'failed' });
  await expect(archive()).rejects.toMatchObject({ name: 'ServerException' });
  expect(faultsSet(wire.account)).toEqual([{ operation: 'UpdateImageStorageClass', fault: 'failed', hits: 1 }]);
  expect(removeFaults(wire.account)).toBe(0);
  await archive();
  expect(really()).toBe('ARCHIVED');
});
