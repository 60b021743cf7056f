import {
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  EKSClient,
  ListClustersCommand,
} from '@aws-sdk/client-eks';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { eksAccess } from '../../../cli/doctor/checks/eksAccess.ts';
import type { Place } from '../../../cli/doctor/place.ts';

const eks = mockClient(EKSClient);
beforeEach(() => {
  eks.reset();
  eks.on(DescribeAccessEntryCommand).resolves({ accessEntry: { kubernetesGroups: ['firebreak:responder'] } });
});

function looked(clusters: readonly string[], publicAccessCidrs?: readonly string[]) {
  eks.on(ListClustersCommand).resolves({ clusters: [...clusters] });
  const reach = publicAccessCidrs === undefined ? {} : { publicAccessCidrs: [...publicAccessCidrs] };
  eks.on(DescribeClusterCommand).callsFake(({ name }) => ({
    cluster: {
      arn: `arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/${name}`,
      resourcesVpcConfig: { endpointPublicAccess: true, ...reach },
    },
  }));
  return look();
}

function look() {
  const role = { logicalId: 'ResponderRole', id: 'fb-responder', type: 'AWS::IAM::Role', status: '', changedAt: 0 };
  const stage = { region: 'us-gov-west-1', config: { region: 'us-gov-west-1' } };
  return eksAccess.look({ stage, stack: async () => [role] } as unknown as Place);
}

it('is in order where there is no cluster', async () => {
  expect(await looked([])).toMatchObject({ state: 'ok', seen: 'There is no EKS cluster in us-gov-west-1.' });
});

it('asks for the role of the stage in the partition and account of the cluster', async () => {
  expect(await looked(['a', 'b'])).toMatchObject({ state: 'ok', seen: expect.stringMatching(/^2 EKS clusters/) });
  expect(eks.commandCalls(DescribeAccessEntryCommand)[0]?.args[0].input).toEqual({
    clusterName: 'a',
    principalArn: 'arn:aws-us-gov:iam::123456789012:role/fb-responder',
  });
});

it('warns of one that some addresses alone reach: the functions have none of their own', async () => {
  expect((await looked(['a'], ['0.0.0.0/0'])).state).toBe('ok');
  expect(await looked(['a'], ['192.0.2.0/24'])).toMatchObject({
    state: 'warning',
    seen: expect.stringContaining('a is reached from 192.0.2.0/24 alone'),
  });
});

it('names five of many', async () => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const { seen } = await looked(all, ['192.0.2.0/24']);
  expect(seen).toMatch(/e is reached from 192\.0\.2\.0\/24 alone and 2 more\.$/);
});

it('warns of one that lets it in without its group', async () => {
  eks.on(DescribeAccessEntryCommand).resolves({ accessEntry: { kubernetesGroups: ['readers'] } });
  expect(await looked(['a'])).toMatchObject({
    state: 'warning',
    seen: expect.stringContaining('a lets fb-responder in without'),
  });
});

it('warns of one without access entries, and asks it for none; one that is gone by now is nobody’s matter', async () => {
  await looked(['old', 'gone', 'new']);
  eks
    .on(DescribeClusterCommand, { name: 'gone' })
    .rejects(Object.assign(new Error(), { name: 'ResourceNotFoundException' }));
  eks
    .on(DescribeClusterCommand, { name: 'old' })
    .resolves({ cluster: { accessConfig: { authenticationMode: 'CONFIG_MAP' } } });
  eks.resetHistory();
  const { state, seen } = await look();
  expect({ state, seen }).toEqual({
    state: 'warning',
    seen: expect.stringMatching(/: old has no access entries \(authentication mode CONFIG_MAP\)\.$/),
  });
  expect(eks.commandCalls(DescribeAccessEntryCommand).map(({ args }) => args[0].input.clusterName)).toEqual(['new']);
});
