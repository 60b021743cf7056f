import { ECRClient, ListTagsForResourceCommand } from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { ownershipFrom, readOwnership } from '../../shared/account/owner.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { awsError } from './awsError.ts';
import { mockAccount } from './mockAccount.ts';

const tags = (values: { [key: string]: string }) => Object.entries(values).map(([Key, Value]) => ({ Key, Value }));

describe('owner', () => {
  test.each([
    [{ 'firebreak:owner': 'payments', owner: 'someone', team: 'else' }, 'payments', 'tag firebreak:owner'],
    [{ Owner: 'checkout', team: 'else' }, 'checkout', 'tag owner'],
    [{ owner: ' ', Team: 'platform' }, 'platform', 'tag team'],
    [{ stage: 'prod' }, null, 'no tag firebreak:owner, owner, team'],
  ])('%j', (values, owner, foundBy) => {
    expect(ownershipFrom(tags(values))).toMatchObject({ owner, foundBy });
  });
});

describe('protection', () => {
  test.each([
    ['true', true],
    ['', true],
    ['yes, ask payments', true],
    ['false', false],
    ['No', false],
  ])('the tag with the value "%s"', (value, expected) => {
    expect(ownershipFrom(tags({ 'firebreak:protected': value })).protected).toBe(expected);
  });

  test('no tag is no protection', () => {
    expect(ownershipFrom([])).toMatchObject({ protected: false, protectedBy: null });
  });

  test('tags that cannot be read count as protected', async () => {
    const { aws } = mockAccount({ images: [], refuse: { ListTagsForResource: awsError('AccessDeniedException') } });
    expect(await readOwnership(readsWith(aws), 'arn:aws:ecr:x')).toEqual({
      owner: null,
      foundBy: 'the tags could not be read: access denied (AccessDeniedException)',
      protected: true,
      protectedBy: 'the tags could not be read: access denied (AccessDeniedException)',
    });
  });

  test('tags that can be read decide', async () => {
    const { aws } = mockAccount({ images: [] });
    const client = new ECRClient({ region: 'eu-central-1' });
    mockClient(client)
      .on(ListTagsForResourceCommand)
      .resolves({ tags: tags({ team: 'payments' }) });
    const ecr = async () => ({ ...(await aws.ecr()), client });
    expect(await readOwnership(readsWith({ ...aws, ecr }), 'arn:aws:ecr:x')).toMatchObject({
      owner: 'payments',
      protected: false,
    });
  });
});
