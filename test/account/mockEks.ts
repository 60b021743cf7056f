import {
  type EKSClient,
  ListClustersCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-eks';
import type { AwsStub } from 'aws-sdk-client-mock';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { page, refused, type TestPod, type World } from './mockAccount.ts';

type EksStub = AwsStub<ServiceInputTypes, ServiceOutputTypes, EKSClient['config']>;

export function mockEks(stub: EksStub, world: World): void {
  stub.on(ListClustersCommand).callsFake((input) => {
    refused(world, 'ListEksClusters', input);
    const { part, next } = page(
      world,
      (world.eksClusters ?? []).map(({ name }) => name),
      input.nextToken,
    );
    return { clusters: part, nextToken: next };
  });
}

type Listing = { readonly limit: number; readonly _continue?: string };

const podShown = ({ name, phase = 'Running', ...of }: TestPod) => {
  const { image, imageID, sort = 'containers' } = of;
  const status = { name: 'app', image, ...(imageID === undefined ? {} : { imageID }) };
  const statuses = {
    ...{ containers: 'containerStatuses', initContainers: 'initContainerStatuses' },
    ephemeralContainers: 'ephemeralContainerStatuses',
  };
  const other = { name: 'main', image: 'public.ecr.aws/nginx/nginx:1.27' };
  return {
    metadata: { namespace: 'shop', name },
    spec:
      sort === 'containers'
        ? { containers: [{ name: 'app', image }] }
        : { containers: [other], [sort]: [{ name: 'app', image }] },
    status: { phase, [statuses[sort]]: [status] },
  };
};

/** The APIs of the clusters of the test's world; `asked` is told of each call. */
export function mockKubernetes(world: World, asked: (call: string) => void): Aws['kubernetes'] {
  return async (cluster) => {
    const found = world.eksClusters?.find(({ name }) => name === cluster);
    if (found?.unreachable !== undefined) throw found.unreachable;
    asked('eks:DescribeCluster');
    const list = (call: string, all: readonly object[]) => async (given: Listing) => {
      asked(`kubernetes:${call}`);
      refused(world, call, { cluster, ...given });
      const { part, next } = page(world, all, given._continue);
      return { items: part, metadata: next === undefined ? {} : { _continue: next } };
    };
    const of = (kind: string) =>
      (found?.workloads ?? []).flatMap((one) => {
        const template = { template: { spec: { containers: [{ name: 'app', image: one.image }] } } };
        const spec = kind === 'cronjobs' ? { jobTemplate: { spec: template } } : template;
        return one.kind === kind ? [{ metadata: { namespace: 'shop', name: one.name }, spec }] : [];
      });
    return {
      core: { listPodForAllNamespaces: list('ListPods', (found?.pods ?? []).map(podShown)) },
      apps: {
        listDeploymentForAllNamespaces: list('ListDeployments', of('deployments')),
        listStatefulSetForAllNamespaces: list('ListStatefulSets', of('statefulsets')),
        listDaemonSetForAllNamespaces: list('ListDaemonSets', of('daemonsets')),
      },
      batch: { listCronJobForAllNamespaces: list('ListCronJobs', of('cronjobs')) },
    } as never;
  };
}
