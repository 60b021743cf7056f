import type { DescribeInstanceInformationResult } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { HOST, OTHER, stageOf, THIRD } from '../stage.ts';

const mixed = () =>
  stageOf({
    [HOST]: { tags: { stage: 'prod' } },
    [OTHER]: { ping: 'ConnectionLost', lastHeardAt: Date.parse('2026-11-24T07:00:00Z'), tags: { stage: 'test' } },
    [THIRD]: { ping: 'Inactive', platform: { type: 'Windows', name: 'Windows Server', version: '2022' } },
  });
const describeIn = (stage: ReturnType<typeof mixed>, input: object = {}): Promise<DescribeInstanceInformationResult> =>
  stage.run('DescribeInstanceInformation', input);
const ids = ({ InstanceInformationList }: DescribeInstanceInformationResult) =>
  InstanceInformationList?.map(({ InstanceId }) => InstanceId);

test('managed nodes are shown with how their agent stands, and when it was last heard', async () => {
  const stage = mixed();
  await stage.seconds(700);
  const { InstanceInformationList } = await describeIn(stage);
  expect(InstanceInformationList).toMatchObject([
    { InstanceId: HOST, PingStatus: 'Online', LastPingDateTime: new Date('2026-11-24T08:10:00Z') },
    { InstanceId: OTHER, PingStatus: 'ConnectionLost', LastPingDateTime: new Date('2026-11-24T07:00:00Z') },
    { InstanceId: THIRD, PingStatus: 'Inactive', PlatformType: 'Windows', PlatformName: 'Windows Server' },
  ]);
});

test.each([
  ['PingStatus', ['Online'], [HOST]],
  ['PingStatus', ['ConnectionLost', 'Inactive'], [OTHER, THIRD]],
  ['PlatformType', ['Linux'], [HOST, OTHER]],
  ['InstanceIds', [THIRD, 'i-00000000000000000'], [THIRD]],
  ['ResourceType', ['ManagedInstance'], []],
  ['tag:stage', ['prod'], [HOST]],
  ['tag-key', ['stage'], [HOST, OTHER]],
])('a filter of %s in %j', async (Key, Values, found) => {
  expect(ids(await describeIn(mixed(), { Filters: [{ Key, Values }] }))).toEqual(found);
});

test('the older filters do the same, and the two are not mixed', async () => {
  const legacy = [{ key: 'PlatformTypes', valueSet: ['Windows'] }];
  expect(ids(await describeIn(mixed(), { InstanceInformationFilterList: legacy }))).toEqual([THIRD]);
  const both = { InstanceInformationFilterList: legacy, Filters: [{ Key: 'PingStatus', Values: ['Online'] }] };
  await expect(describeIn(mixed(), both)).rejects.toMatchObject({ code: 'ValidationException' });
});

test('refuses an unknown filter, and one of tags beside another', async () => {
  const tag = { Key: 'tag:stage', Values: ['prod'] };
  for (const Filters of [[{ Key: 'Colour', Values: ['red'] }], [tag, { Key: 'PingStatus', Values: ['Online'] }]]) {
    await expect(describeIn(mixed(), { Filters })).rejects.toMatchObject({ code: 'InvalidFilterKey' });
  }
});

test('pages of 5 to 50, ten unless it is said', async () => {
  const many = Array.from({ length: 12 }, (_, n) => `i-${String(n).padStart(17, '0')}`);
  const stage = stageOf(Object.fromEntries(many.map((id) => [id, {}])));
  const first = await describeIn(stage);
  expect(ids(first)).toEqual(many.slice(0, 10));
  const second = await describeIn(stage, { NextToken: first.NextToken });
  expect(ids(second)).toEqual(many.slice(10));
  expect(second.NextToken).toBeUndefined();
  await expect(describeIn(stage, { MaxResults: 4 })).rejects.toMatchObject({ code: 'ValidationException' });
  await expect(describeIn(stage, { MaxResults: 51 })).rejects.toMatchObject({ code: 'ValidationException' });
  await expect(describeIn(stage, { NextToken: 'x' })).rejects.toMatchObject({ code: 'InvalidNextToken' });
});
