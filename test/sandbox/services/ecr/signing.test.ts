import {
  DescribeImageSigningStatusCommand,
  DescribeImagesCommand,
  ECRClient,
  InvalidParameterException,
  ListImageReferrersCommand,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import { ecrService } from '../../../../sandbox/services/ecr/service.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

const profile = 'arn:aws:signer:eu-west-1:123456789012:/signing-profiles/release';
const SIGNED = digest('a');
const PLAIN = digest('b');
const repositoryName = 'payments/api';
const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [
    {
      name: repositoryName,
      scanOnPush: true,
      images: [
        {
          digest: SIGNED,
          tags: ['1'],
          signing: [
            { profile },
            { profile: `${profile}_2`, status: 'FAILED', failureCode: 'AccessDenied', failureReason: 'no' },
          ],
        },
        { digest: PLAIN, tags: ['2'] },
      ],
    },
  ],
});

const signature = (subject: string, name: string) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.cncf.notary.signature',
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digest('c'), size: 2 },
    layers: [],
    subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: subject, size: 1 },
    annotations: { name },
  });

it('says what managed signing came to for each profile, and nothing of an image that nobody signed', () =>
  throughDoor([ecrService], async ({ account }) => {
    loadWorld(account, world);
    const client = new ECRClient(clientOptions(account));
    const of = (imageTag: string) =>
      client.send(new DescribeImageSigningStatusCommand({ repositoryName, imageId: { imageTag } }));
    expect(await of('1')).toMatchObject({
      registryId: '123456789012',
      repositoryName,
      imageId: { imageDigest: SIGNED, imageTag: '1' },
      signingStatuses: [
        { signingProfileArn: profile, status: 'COMPLETE' },
        { signingProfileArn: `${profile}_2`, status: 'FAILED', failureCode: 'AccessDenied', failureReason: 'no' },
      ],
    });
    expect((await of('2')).signingStatuses).toEqual([]);
    await expect(of('none')).rejects.toMatchObject({ name: 'ImageNotFoundException' });
  }));

it('lists what names an image as its subject, page by page, and of nothing else', () =>
  throughDoor([ecrService], async ({ account }) => {
    loadWorld(account, world);
    const client = new ECRClient(clientOptions(account));
    for (const name of ['one', 'two'])
      await client.send(new PutImageCommand({ repositoryName, imageManifest: signature(PLAIN, name) }));
    const list = (imageDigest: string, more: object = {}) =>
      client.send(new ListImageReferrersCommand({ repositoryName, subjectId: { imageDigest }, ...more }));
    const first = await list(PLAIN, { maxResults: 1 });
    const second = await list(PLAIN, { maxResults: 1, nextToken: first.nextToken });
    expect([first, second].map(({ referrers }) => referrers?.[0])).toMatchObject([
      { artifactType: 'application/vnd.cncf.notary.signature', annotations: { name: 'one' }, artifactStatus: 'ACTIVE' },
      { annotations: { name: 'two' } },
    ]);
    expect(second.nextToken).toBeUndefined();
    expect((await list(SIGNED)).referrers).toEqual([]);
    expect((await list(PLAIN, { filter: { artifactStatus: 'ARCHIVED' } })).referrers).toEqual([]);
    expect((await list(PLAIN, { filter: { artifactTypes: ['other/type'] } })).referrers).toEqual([]);
    await expect(list('sha256:1')).rejects.toThrow(InvalidParameterException);
    const { imageDetails = [] } = await client.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest: first.referrers?.[0]?.digest }] }),
    );
    expect(imageDetails[0]?.subjectManifestDigest).toBe(PLAIN);
  }));
