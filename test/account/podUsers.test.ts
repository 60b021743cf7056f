import { describe, expect, test } from 'vitest';
import { readImageGraph } from '../../shared/account/imageGraph.ts';
import { inUse } from '../../shared/account/inUse.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { awsError } from './awsError.ts';
import { image, index } from './images.ts';
import { account, mockAccount, region, repository, repositoryUri, type TestPod, type World } from './mockAccount.ts';

const amd = image('amd64');
const release = index([amd], { tags: ['prod'] });
const old = image('old', { tags: ['old'] });
const byTag = `${repositoryUri}:prod`;
const at = (digest: string): string => `${repositoryUri}@${digest}`;

const graphOf = (eksClusters: World['eksClusters'], more: Partial<World> = {}) => {
  const { aws, sent } = mockAccount({ images: [amd, release, old], ...(eksClusters && { eksClusters }), ...more });
  const reading = readImageGraph(readsWith(aws), { account, region, repository, digest: amd.digest });
  return reading.then((graph) => ({ graph, sent: sent() }));
};
async function users(eksClusters: World['eksClusters'], more: Partial<World> = {}) {
  const { graph } = await graphOf(eksClusters, more);
  return [
    ...graph.users.map(({ kind, arn, by }) => `${kind} ${arn} ${by}`),
    ...graph.unread.map(({ place, why }) => `unread ${place}: ${why}`),
  ];
}
const answerOf = async (eksClusters: World['eksClusters'], more: Partial<World> = {}) =>
  inUse((await graphOf(eksClusters, more)).graph, { quietPullDays: 7 }, new Date('2026-11-24T12:00:00.000Z')).answer;
const pod = (of: Partial<TestPod>): TestPod => ({ name: 'web-1', image: byTag, ...of });

describe('pods', () => {
  const path = 'pod eks/prod/shop/pods/web-1';
  test.each<[string, TestPod, string[]]>([
    ['its digest', pod({ image: 'x', imageID: at(amd.digest) }), [`${path} digest`]],
    ['the digest of its index', pod({ image: 'x', imageID: at(release.digest) }), [`${path} digest`]],
    [
      'its digest in an init container',
      pod({ image: 'x', imageID: at(amd.digest), sort: 'initContainers' }),
      [`${path} digest`],
    ],
    [
      'its digest in an ephemeral container',
      pod({ image: 'x', imageID: at(amd.digest), sort: 'ephemeralContainers' }),
      [`${path} digest`],
    ],
    ['another digest, and would pull it by its tag', pod({ imageID: at(old.digest) }), [`${path} tag`]],
    ['nothing yet, and will pull it by its tag', pod({ phase: 'Pending' }), [`${path} tag`]],
    ['another image', pod({ image: 'nginx', imageID: 'docker.io/library/nginx@sha256:'.concat('0'.repeat(64)) }), []],
    ['it no more: it has ended', pod({ imageID: at(amd.digest), phase: 'Succeeded' }), []],
    ['it no more: it has failed', pod({ imageID: at(amd.digest), phase: 'Failed' }), []],
    [
      'a tag that has moved, with an id that is no digest',
      pod({ image: `${repositoryUri}:moved`, imageID: `sha256:${'1'.repeat(64)}` }),
      [
        'unread eks/prod/shop/pods/web-1: it names the repository by the tag moved, which may have moved, and no digest is known',
      ],
    ],
  ])('a pod that runs %s', async (_what, one, expected) => {
    expect(await users([{ name: 'prod', pods: [one] }])).toEqual(expected);
  });

  test('on later pages of clusters and pods', async () => {
    const pods = ['a', 'b', 'c'].map((name) => pod({ name, image: 'nginx' }));
    const last = pod({ image: 'x', imageID: at(amd.digest) });
    const clusters = [{ name: 'a' }, { name: 'b' }, { name: 'prod', pods: [...pods, last] }];
    expect(await users(clusters, { pageSize: 1 })).toEqual([`${path} digest`]);
  });

  test('more than a bound are told as not read', async () => {
    const pods = Array.from({ length: 41 }, (_, name) => pod({ name: `p${name}`, image: 'nginx' }));
    expect(await users([{ name: 'prod', pods }], { pageSize: 1 })).toEqual([
      'unread EKS cluster prod: it has more than 20000 of a kind, which are not all read',
    ]);
  });
});

test.each(['deployments', 'statefulsets', 'daemonsets', 'cronjobs'] as const)('%s would start it', async (kind) => {
  const workloads = [
    { kind, name: 'web', image: byTag },
    { kind, name: 'other', image: 'nginx' },
  ];
  expect(await users([{ name: 'prod', workloads }])).toEqual([`workload eks/prod/shop/${kind}/web tag`]);
});

describe('a cluster that cannot be read is unknown, never no', () => {
  const quiet = { name: 'quiet' };
  test('nothing runs it in a cluster that was read: no', async () => {
    expect(await answerOf([quiet])).toBe('no');
  });

  test.each(['ListPods', 'ListDeployments', 'ListStatefulSets', 'ListDaemonSets', 'ListCronJobs'])(
    'it does not let us in: %s',
    async (call) => {
      const refuse = {
        [call]: Object.assign(new Error('no'), { name: 'Forbidden', $metadata: { httpStatusCode: 403 } }),
      };
      expect(await answerOf([quiet], { refuse })).toBe('unknown');
      expect(await users([quiet], { refuse })).toEqual(['unread EKS cluster quiet: access denied (Forbidden)']);
    },
  );

  test('its API can be reached from its VPC alone', async () => {
    const unreachable = Object.assign(new Error('from its VPC alone'), { name: 'ClusterUnreachable' });
    expect(await answerOf([{ ...quiet, unreachable }])).toBe('unknown');
  });

  test('it does not answer: no other one is waited for, and asking again is not what it takes', async () => {
    const unreachable = Object.assign(new Error('slow'), { name: 'TimeoutError' });
    const { graph, sent } = await graphOf([{ ...quiet, unreachable }, { name: 'next' }]);
    expect(graph.unread).toEqual([
      { place: 'EKS cluster quiet', why: 'AWS did not answer (TimeoutError)', mayPass: false },
      { place: 'EKS cluster next', why: 'not asked, after another one that did not answer' },
    ]);
    expect(sent.filter((call) => call.startsWith('kubernetes:'))).toEqual([]);
  });

  test('it is throttled: asking again is what it takes', async () => {
    const unreachable = awsError('ThrottlingException');
    const { graph } = await graphOf([{ ...quiet, unreachable }]);
    expect(graph.unread).toMatchObject([{ place: 'EKS cluster quiet', mayPass: true }]);
  });

  test('it was deleted in between: it runs nothing', async () => {
    expect(await answerOf([{ ...quiet, unreachable: awsError('ResourceNotFoundException', 404) }])).toBe('no');
  });

  test('there are more clusters than are read', async () => {
    const clusters = Array.from({ length: 21 }, (_, name) => ({ name: `c${name}` }));
    expect(await users(clusters)).toEqual(['unread EKS clusters: there are 21, and 20 are read']);
  });

  test('a fault of our own is nobody’s answer', async () => {
    await expect(users([{ ...quiet, unreachable: new TypeError('x') }])).rejects.toThrow(TypeError);
  });
});
