import { taskCount } from '../bounds.ts';
import { clusterArn, ecsCluster, ecsName, taskArn } from '../ecs.ts';
import { composeArn, type Place } from '../place.ts';
import type { Fields } from '../read.ts';
import type { Accused } from './resource.ts';
import { namedOf, ofType, onceEach } from './sequenceResources.ts';

interface ClusterPlace extends Place {
  readonly cluster: string;
}

const keyOf = ({ account, region, cluster }: ClusterPlace): string => `${account}/${region}/${cluster}`;

/**
 * The clusters of a sequence on ECS, each with the tasks in it that the sequence names. It names no service, so what shares an
 * incident is the cluster. A task whose cluster is not named brings it along, in its ARN.
 */
export function sequenceClusters(resources: readonly Fields[], place: Place): readonly Accused[] {
  const tasks = namedOf(ofType(resources, 'ECS_TASK'), place, taskArn, null).map(
    ({ account, region, groups: [cluster = '', id = ''] }) => ({ account, region, cluster, id }),
  );
  const named = namedOf(ofType(resources, 'ECS_CLUSTER'), place, clusterArn, ecsName).map(
    ({ account, region, groups: [cluster = ''] }) => ({ account, region, cluster }),
  );
  return onceEach<ClusterPlace>([...named, ...tasks], keyOf).map((where) => {
    const { account, region, cluster } = where;
    const within = tasks.filter((task) => keyOf(task) === keyOf(where));
    const arns = new Set(within.map(({ id }) => composeArn('ecs', where, `task/${cluster}/${id}`)));
    return { account, region, resource: ecsCluster(cluster, where, [...arns].sort().slice(0, taskCount)) };
  });
}
