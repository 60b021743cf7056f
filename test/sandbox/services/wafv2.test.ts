import type {
  GetIPSetResponse,
  ListIPSetsResponse,
  ListTagsForResourceResponse,
  UpdateIPSetResponse,
} from '@aws-sdk/client-wafv2';
import { describe, expect, it } from 'vitest';
import { openAccount } from '../../../sandbox/sandbox.ts';
import { getIPSet } from '../../../sandbox/services/wafv2/getIPSet.ts';
import { listIPSets } from '../../../sandbox/services/wafv2/listIPSets.ts';
import { listTagsForResource } from '../../../sandbox/services/wafv2/listTagsForResource.ts';
import { setArn, setIdOf } from '../../../sandbox/services/wafv2/state.ts';
import { updateIPSet } from '../../../sandbox/services/wafv2/updateIPSet.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { runOn } from './runOn.ts';

const set = (Name: string, Scope: 'REGIONAL' | 'CLOUDFRONT' = 'REGIONAL') => ({
  Name,
  Scope,
  Id: setIdOf(Scope, Name),
});
const mine = set('blocked');
const given = ['192.175.48.0/25', '192.175.48.200/32'];

async function opened() {
  const world = worldSchema.parse({
    ipSets: [
      { name: 'blocked', tags: { team: 'shop' }, description: 'who attacks', addresses: given },
      { name: 'blocked-6', version: 'IPv6' },
      { name: 'blocked', scope: 'cloudfront' },
    ],
  });
  const { account, clock, close } = await openAccount({ world });
  const call = () => ({
    account,
    principal: { kind: 'root', arn: `arn:aws:iam::${account.id}:root` } as const,
    requestId: 'request',
    park: <T>(promise: Promise<T>) => promise,
  });
  const run = runOn({ call });
  const got = (of: object = mine) => run<GetIPSetResponse>(getIPSet, of);
  return {
    account,
    got,
    listed: (input: object) => run<ListIPSetsResponse>(listIPSets, input),
    tags: (ResourceARN: string) => run<ListTagsForResourceResponse>(listTagsForResource, { ResourceARN }),
    update: async (Addresses: readonly string[], more: object = {}) =>
      run<UpdateIPSetResponse>(updateIPSet, { ...mine, LockToken: (await got()).LockToken, Addresses, ...more }),
    pass: (seconds: number) => clock.advance(seconds * 1000),
    [Symbol.asyncDispose]: close,
  };
}

describe('an IP set', () => {
  it('is listed with its ARN and read with what is in it, each scope by itself', async () => {
    await using stage = await opened();
    const { IPSets: sets = [] } = await stage.listed({ Scope: 'REGIONAL' });
    expect(sets.map(({ Name }) => Name)).toEqual(['blocked', 'blocked-6']);
    expect((await stage.listed({ Scope: 'CLOUDFRONT' })).IPSets?.map(({ ARN }) => ARN)).toEqual([
      `arn:aws:wafv2:us-east-1:123456789012:global/ipset/blocked/${setIdOf('CLOUDFRONT', 'blocked')}`,
    ]);
    expect(await stage.got()).toMatchObject({
      IPSet: {
        ...{ Name: 'blocked', Id: mine.Id, ARN: sets[0]?.ARN, IPAddressVersion: 'IPV4' },
        ...{ Description: 'who attacks', Addresses: given },
      },
      LockToken: sets[0]?.LockToken,
    });
    expect((await stage.tags(sets[0]?.ARN ?? '')).TagInfoForResource?.TagList).toEqual([
      { Key: 'team', Value: 'shop' },
    ]);
  });

  it('is listed in pages', async () => {
    await using stage = await opened();
    const first = await stage.listed({ Scope: 'REGIONAL', Limit: 1 });
    const rest = await stage.listed({ Scope: 'REGIONAL', Limit: 1, NextMarker: first.NextMarker });
    expect([first, rest].map(({ IPSets = [] }) => IPSets.map(({ Name }) => Name))).toEqual([
      ['blocked'],
      ['blocked-6'],
    ]);
    expect(rest.NextMarker).toBeUndefined();
  });

  it('is replaced as a whole, once for each token', async () => {
    await using stage = await opened();
    const { LockToken: old } = await stage.got();
    const { NextLockToken: next } = await stage.update(['192.175.48.7/32'], { Description: 'other' });
    expect(await stage.got()).toMatchObject({
      IPSet: { Addresses: ['192.175.48.7/32'], Description: 'other' },
      LockToken: next,
    });
    await stage.pass(1);
    await expect(stage.update([], { LockToken: old })).rejects.toMatchObject({ code: 'WAFOptimisticLockException' });
    await stage.update([]);
    expect((await stage.got()).IPSet).toMatchObject({ Addresses: [], Description: undefined });
  });

  it('takes one change in a second, of each scope', async () => {
    await using stage = await opened();
    await stage.update([]);
    await expect(stage.update([])).rejects.toMatchObject({ code: 'ThrottlingException' });
    const other = set('blocked', 'CLOUDFRONT');
    await stage.update([], { ...other, LockToken: (await stage.got(other)).LockToken });
    await stage.pass(1);
    await stage.update([]);
  });

  it.each([
    ['WAFInvalidParameterException', ['192.175.48.7']],
    ['WAFInvalidParameterException', ['0.0.0.0/0']],
    ['WAFInvalidParameterException', ['2620:4f:8000::7/128']],
    [
      'WAFLimitsExceededException',
      Array.from({ length: 10_001 }, (_, n) => `11.${n >> 16}.${(n >> 8) & 255}.${n & 255}/32`),
    ],
  ])('is refused with %s', async (code, addresses) => {
    await using stage = await opened();
    await expect(stage.update(addresses)).rejects.toMatchObject({ code });
    expect((await stage.got()).IPSet?.Addresses).toEqual(given);
  });

  it('is not there under another id or scope, and a scope is needed', async () => {
    await using stage = await opened();
    const missing = { code: 'WAFNonexistentItemException' };
    await expect(stage.got({ ...mine, Id: 'x' })).rejects.toMatchObject(missing);
    await expect(stage.got({ ...mine, Scope: 'CLOUDFRONT' })).rejects.toMatchObject(missing);
    await expect(stage.tags(setArn(stage.account, 'REGIONAL', 'no', 'x'))).rejects.toMatchObject(missing);
    await expect(stage.got({ ...mine, Scope: undefined })).rejects.toMatchObject({
      code: 'WAFInvalidParameterException',
    });
  });
});
