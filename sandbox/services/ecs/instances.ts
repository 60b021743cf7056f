import type { Failure } from '@aws-sdk/client-ecs';
import { type Account, AwsError, type Needed } from '../../account.ts';
import { type Cluster, type ContainerInstance, ecsArn, lastPart, named } from './state.ts';

interface Asked {
  readonly cluster?: string | undefined;
  readonly containerInstances?: readonly string[] | undefined;
}

export const neededOnInstances = (
  account: Account,
  action: string,
  { cluster, containerInstances = [] }: Asked,
): readonly Needed[] =>
  containerInstances.map((instance) => ({
    action,
    resource: ecsArn(account, `container-instance/${lastPart(cluster ?? 'default')}/${lastPart(instance)}`),
  }));

/** By id or ARN: those that are there, and a failure for each of the others. */
export function instancesNamed(account: Account, cluster: Cluster, asked: readonly string[]) {
  const found: ContainerInstance[] = [];
  const failures: Failure[] = [];
  for (const id of asked) {
    const instance = named(cluster.instances, id);
    const arn = id.startsWith('arn:') ? id : ecsArn(account, `container-instance/${cluster.name}/${id}`);
    if (instance === undefined) failures.push({ arn, reason: 'MISSING' });
    else found.push(instance);
  }
  return { found, failures };
}

/** Throws AwsError InvalidParameterException for another state than the two that can be asked for. */
export function settableStatus(status: string | undefined): ContainerInstance['status'] {
  if (status === 'ACTIVE' || status === 'DRAINING') return status;
  throw new AwsError('InvalidParameterException', 'Container instance status should be one of [ACTIVE, DRAINING]');
}
