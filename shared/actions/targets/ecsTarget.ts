import { ActionFailed } from '../../platform/errors.ts';
import type { Target } from '../contract.ts';

export type EcsTarget = Target<'ecs-task' | 'ecs-service' | 'ecs-cluster'>;

/** Where an ECS resource lies, from checked parts. */
export interface ClusterPlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** Name of the cluster. */
  readonly name: string;
}

const shapes = {
  partition: /^arn:(aws(?:-[a-z]+)*):ecs:/,
  account: /^\d{12}$/,
  region: /^[a-z]{2,}(?:-[a-z0-9]+)+$/,
  // Clusters, services and families: letters, digits, hyphens and underscores, at most 255.
  name: /^[A-Za-z0-9_-]{1,255}$/,
};

export const isEcsName = (text: string): boolean => shapes.name.test(text);

/**
 * The cluster that IAM scopes the calls to. A target comes from an event, and a `*` in it would widen the policy to every cluster:
 * throws ActionFailed for what is no name.
 */
export function clusterOf({ arn, account, region, cluster, id }: EcsTarget): ClusterPlace {
  const partition = shapes.partition.exec(arn)?.[1];
  const sound = shapes.account.test(account) && shapes.region.test(region) && isEcsName(cluster);
  if (partition === undefined || !sound) {
    const evidence = { arn, account, region, cluster, id };
    throw new ActionFailed('The workload has no valid account, Region and cluster, so no permission is given for it', {
      evidence,
    });
  }
  return { partition, account, region, name: cluster };
}

/** The ARN of something in the cluster: `service/CLUSTER/NAME`, `task/CLUSTER/*`. */
export const arnIn = ({ partition, account, region, name }: ClusterPlace, kind: string, id: string): string =>
  `arn:${partition}:ecs:${region}:${account}:${kind}/${name}/${id}`;

/** The cluster's own ARN. */
export const clusterArn = ({ partition, account, region, name }: ClusterPlace): string =>
  `arn:${partition}:ecs:${region}:${account}:cluster/${name}`;

/** A name from checked text: what IAM is asked about must not widen. Throws ActionFailed for what is no name. */
export function checkedName(name: string): string {
  if (!isEcsName(name)) throw new ActionFailed('The workload has no valid name, so no permission is given for it');
  return name;
}
