/** One read, as the action contract writes permissions. */
export interface ReadPermission {
  readonly action: string;
  readonly resource: string;
  readonly why?: string;
}

/** A call that AWS lets nobody have on less than all. */
export const describes = (action: string): ReadPermission => ({
  action,
  resource: '*',
  why: 'AWS has no narrower resource for this call; it lists or describes, and changes nothing',
});

/** What `readWorkload` needs, for the tasks and services of one cluster. */
export function workloadPermissions(cluster: {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** Name of the cluster. */
  readonly name: string;
}): readonly ReadPermission[] {
  const { partition, account, region, name } = cluster;
  const on = (kind: string): string => `arn:${partition}:ecs:${region}:${account}:${kind}/${name}/*`;
  return [
    { action: 'ecs:DescribeTasks', resource: on('task') },
    { action: 'ecs:DescribeServices', resource: on('service') },
    { action: 'ecs:ListServiceDeployments', resource: on('service') },
    { action: 'ecs:DescribeServiceRevisions', resource: on('service') },
    { action: 'ecs:DescribeServiceRevisions', resource: on('service-revision') },
    { action: 'ecs:DescribeClusters', resource: `arn:${partition}:ecs:${region}:${account}:cluster/${name}` },
    describes('ecs:DescribeTaskDefinition'),
  ];
}
