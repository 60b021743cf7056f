import { detailCount } from './bounds.ts';
import { fieldsIn, listIn, textIn } from './given.ts';
import { composeArn, type Place, readArn, readName } from './place.ts';
import { type Fields, isAbsent, join, readOptional } from './read.ts';
import type {
  EcsClusterResource,
  EcsServiceResource,
  EcsTaskDefinitionResource,
  EcsTaskResource,
  NamedContainer,
} from './resource.ts';

/** ECS allows letters, digits, hyphens and underscores, at most 255, in the names of clusters, services and families. */
export const ecsName = /^[A-Za-z0-9_-]{1,255}$/;
export const clusterArn = ['ecs', /^cluster\/([A-Za-z0-9_-]{1,255})$/] as const;
/** The form without the cluster is of tasks started before 2021. */
export const taskArn = ['ecs', /^task\/([A-Za-z0-9_-]{1,255})\/([A-Za-z0-9-]{1,64})$/] as const;
export const definitionArn = ['ecs', /^task-definition\/([A-Za-z0-9_-]{1,255}:\d{1,10})$/] as const;

/** Longest group of a task that RunTask takes. */
const groupLength = 255;

const at = 'detail.resource.ecsClusterDetails';
const taskAt = `${at}.taskDetails`;

/** `ECSCluster`: the task that the finding names, else the cluster; null when it names neither. */
export function ecsResource(resource: Fields, place: Place): EcsTaskResource | EcsClusterResource | null {
  const cluster = fieldsIn(resource, 'ecsClusterDetails');
  const task = fieldsIn(cluster, 'taskDetails');
  return isAbsent(task['arn']) ? clusterOf(cluster, place) : taskOf(task, place);
}

function clusterOf(details: Fields, place: Place): EcsClusterResource | null {
  const [fromArn] = readOptional(details, at, 'arn', (value, path) => readArn(value, path, place, clusterArn)) ?? [];
  const cluster = fromArn ?? readOptional(details, at, 'name', (value, path) => readName(value, path, ecsName));
  return cluster === null ? null : ecsCluster(cluster, place, []);
}

/** A service by its ARN; in the form without the cluster nobody can tell which cluster it is in. */
export const serviceArn = ['ecs', /^service\/([A-Za-z0-9_-]{1,255})\/([A-Za-z0-9_-]{1,255})$/] as const;

export const ecsService = (cluster: string, service: string, place: Place): EcsServiceResource => ({
  kind: 'ecs-service',
  id: `${cluster}/${service}`,
  arn: composeArn('ecs', place, `service/${cluster}/${service}`),
  cluster,
  service,
});

/** @param revision `family:revision` */
export const ecsTaskDefinition = (revision: string, place: Place): EcsTaskDefinitionResource => ({
  kind: 'ecs-task-definition',
  id: revision,
  arn: composeArn('ecs', place, `task-definition/${revision}`),
});

export const ecsCluster = (cluster: string, place: Place, tasks: readonly string[]): EcsClusterResource => ({
  kind: 'ecs-cluster',
  id: cluster,
  arn: composeArn('ecs', place, `cluster/${cluster}`),
  cluster,
  tasks,
});

/** The cluster is the one of the task's own ARN. */
function taskOf(task: Fields, place: Place): EcsTaskResource {
  const [cluster = '', id = ''] = readArn(task['arn'], join(taskAt, 'arn'), place, taskArn);
  return {
    kind: 'ecs-task',
    id: `${cluster}/${id}`,
    arn: composeArn('ecs', place, `task/${cluster}/${id}`),
    cluster,
    service: serviceOf(task),
    group: textIn(task, 'group', groupLength),
    taskDefinition: readOptional(task, taskAt, 'definitionArn', (value, path) => {
      readArn(value, path, place, definitionArn);
      return String(value);
    }),
    launchType: textIn(task, 'launchType', 50),
    containers: containersOf(task),
  };
}

const ofService = 'service:';

/** ECS calls the group of a service's tasks `service:NAME`. What can be no service is none: the task is accused all the same. */
function serviceOf(task: Fields): string | null {
  const group = textIn(task, 'group', groupLength);
  const name = group?.startsWith(ofService) === true ? group.slice(ofService.length) : '';
  return ecsName.test(name) ? name : null;
}

/** A container without a name accuses the whole task, as one that is not named at all. */
const containersOf = (task: Fields): readonly NamedContainer[] =>
  listIn(task, 'containers')
    .flatMap((container) => {
      const name = textIn(container, 'name');
      return name === null ? [] : [{ name, image: textIn(container, 'image') ?? '' }];
    })
    .slice(0, detailCount);
