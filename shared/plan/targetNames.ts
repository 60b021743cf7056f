import { type Target, targetKey } from '../actions/contract.ts';

const place = ({ account, region }: Target): string => `${account}/${region}`;

const servicePrefix = 'service:';

/** Name of the service of a task, as far as the finding says it. */
function serviceName(target: Target): string | null {
  if (target.kind === 'ecs-service') return target.service;
  if (target.kind !== 'ecs-task') return null;
  const { service, group } = target;
  return service ?? (group?.startsWith(servicePrefix) === true ? group.slice(servicePrefix.length) : null);
}

/** Key of the ECS cluster that a target belongs to. `turn`: key of what it shares with others, where its action says so. */
export function keyOfCluster(target: Target, turn: string | undefined): string | undefined {
  if (target.kind === 'ecs-task' || target.kind === 'ecs-service' || target.kind === 'ecs-cluster') {
    return `ecs-cluster/${place(target)}/${target.cluster}`;
  }
  return turn?.startsWith('ecs-cluster/') === true ? turn : undefined;
}

/** Key of the ECS service that a target is, or belongs to. */
export function keyOfService(target: Target): string | undefined {
  const name = serviceName(target);
  return name === null || !('cluster' in target) ? undefined : `ecs-service/${place(target)}/${target.cluster}/${name}`;
}

/** The ARN of the cluster or service that a key names, in the partition of a target. */
function arnOf(key: string, { arn }: Target): string {
  const [kind = '', account, region, ...id] = key.split('/');
  const partition = arn.split(':')[1] ?? 'aws';
  return `arn:${partition}:ecs:${region}:${account}:${kind.slice('ecs-'.length)}/${id.join('/')}`;
}

/**
 * What a person may call a target by who wants nothing changed there: its key, its ARN (of an image its repository's, as for IAM), and key and
 * ARN of the cluster and the service that it belongs to. Pure.
 */
export function namesOf(target: Target, turn?: string): readonly string[] {
  const around = [keyOfCluster(target, turn), keyOfService(target)].filter((key) => key !== undefined);
  return [...new Set([targetKey(target), target.arn, ...around, ...around.map((key) => arnOf(key, target))])];
}
