import type { BatchGetImageResponse } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../../sandbox/account.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { batchGetImage } from '../../../../sandbox/services/ecr/batchGetImage.ts';
import { excludeFromPullTime } from '../../../../sandbox/services/ecr/pullTime.ts';
import { policyOf } from '../throughDoor.ts';
import { AMD64, INDEX, PLAIN, registry, repositoryName } from './registry.ts';

const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

/** A registry in which sessions of the roles `scanner` (whose pulls are not recorded) and `host` pull by digest. */
function pulled() {
  const all = registry();
  for (const name of ['scanner', 'host']) {
    const trust = policyOf({ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' });
    createRole(all.account, { name, arn: role(name), trust, policies: [] });
  }
  excludeFromPullTime(all.account, role('scanner'));
  return {
    ...all,
    pull: async (roleName: string, imageDigest: string): Promise<BatchGetImageResponse> => {
      const arn = `arn:aws:sts::123456789012:assumed-role/${roleName}/session`;
      const principal: Principal = { kind: 'role', roleName, arn, sessionPolicies: [] };
      const input = { repositoryName, imageIds: [{ imageDigest }] };
      return (await batchGetImage.run(input as never, all.call(principal))) as BatchGetImageResponse;
    },
    pullTime: async (imageDigest: string) =>
      (await all.describe({ imageIds: [{ imageDigest }], filter: { imageStatus: 'ANY' } })).imageDetails?.[0]
        ?.lastRecordedPullTime,
  };
}

describe('the time of the last pull', () => {
  it('is moved by whoever reads the manifest, for that image alone', async () => {
    const { pull, pullTime, clock } = pulled();
    await clock.advance(5000);
    await pull('host', PLAIN);
    expect(await pullTime(PLAIN)).toEqual(new Date('2026-11-24T08:00:05Z'));
    expect(await pullTime(INDEX)).toBeUndefined();
  });

  it('is moved by the administrator', async () => {
    const { get, pullTime } = pulled();
    await get([{ imageDigest: PLAIN }]);
    expect(await pullTime(PLAIN)).toEqual(new Date('2026-11-24T08:00:00Z'));
  });

  it('is not moved by a role that is excluded, which gets the manifest all the same', async () => {
    const { pull, pullTime } = pulled();
    expect((await pull('scanner', PLAIN)).images).toHaveLength(1);
    expect(await pullTime(PLAIN)).toBeUndefined();
  });

  it('is that of what was handed out, for a client that takes no index', async () => {
    const { get, pullTime } = pulled();
    const acceptedMediaTypes = ['application/vnd.oci.image.manifest.v1+json'];
    await get([{ imageTag: 'prod' }], { acceptedMediaTypes });
    expect(await pullTime(AMD64)).toBeDefined();
  });

  it('stays as it is when the pull is refused', async () => {
    const { pull, pullTime, move } = pulled();
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    expect((await pull('host', PLAIN)).failures).toHaveLength(1);
    expect(await pullTime(PLAIN)).toBeUndefined();
  });
});

describe('an exclusion', () => {
  it('is of an IAM role or user, once, and there are at most a hundred', () => {
    const { account } = registry();
    const exclude = (arn: string) => () => excludeFromPullTime(account, arn);
    expect(exclude('arn:aws:sts::123456789012:assumed-role/a/b')).toThrow(/is not the ARN of an IAM role or user/);
    for (let n = 0; n < 100; n += 1) excludeFromPullTime(account, role(`r${n}`));
    expect(exclude(role('r0'))).toThrow(expect.objectContaining({ code: 'ExclusionAlreadyExistsException' }));
    expect(exclude(role('r100'))).toThrow(expect.objectContaining({ code: 'LimitExceededException' }));
  });
});
