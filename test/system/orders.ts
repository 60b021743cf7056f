import { faults } from '../../sandbox/faults/faults.ts';
import { type Repository, repositories, repositoryUri } from '../../sandbox/services/ecr/state.ts';
import { type Cluster, clusters, ecsArn, taskDefinitions } from '../../sandbox/services/ecs/state.ts';
import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import type { Image } from './scan.ts';
import type { Stage } from './stage.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

/** A repository with the accused image `2.0` of two platforms and the image `1.9` that the service runs as `prod`. */
export const repository = 'orders/api';
export const index: Image = { repository, digest: digest('1') };
/** What a scan names: the platform, never the index. */
export const accused: Image = { repository, digest: digest('a') };
export const sound = digest('c');

/** The world, with what a test adds to the cluster, the repository's tags and its settings. */
export function orders(
  cluster: { readonly scheduledTasks?: readonly object[]; readonly taskSchedules?: readonly object[] } = {},
  tags: { [key: string]: string } = {},
  settings: object = {},
  eksClusters: readonly object[] = [],
): World {
  return worldSchema.parse({
    repositories: [
      {
        name: repository,
        tags,
        ...settings,
        images: [
          { digest: index.digest, tags: ['2.0'], platforms: [{ digest: accused.digest }, { digest: digest('b') }] },
          { digest: sound, tags: ['1.9', 'prod'] },
        ],
      },
    ],
    taskDefinitions: [
      { family: 'api', revision: 1, containers: [{ name: 'web', image: `${repository}:prod` }] },
      { family: 'api', revision: 2, containers: [{ name: 'web', image: `${repository}:2.0` }] },
    ],
    clusters: [{ name: 'prod', services: [{ name: 'api', taskDefinition: 'api:1', desiredCount: 1 }], ...cluster }],
    eksClusters,
  });
}

/** Does something to the account, once, just before a function's call of an operation arrives. */
export function justBefore(
  stage: Stage,
  functionName: string,
  operation: string,
  happen: (stage: Stage) => void,
): void {
  let done = false;
  faults(stage.account).push((asked) => {
    if (!done && asked.functionName === functionName && asked.operation === operation) {
      done = true;
      happen(stage);
    }
    return undefined;
  });
}

/** Somebody rolls the service `api` out with the accused image. */
export function rollOut({ account }: Stage): void {
  const cluster = prod(account);
  const service = cluster.services.get('api');
  const definition = taskDefinitions(account).get('api:2');
  if (service === undefined || definition === undefined) throw new Error('The service or its definition is not there');
  const image = `${repositoryUri(account, repository)}:2.0`;
  service.definition = definition;
  service.revision = { ...service.revision, containers: [{ name: 'web', image, digest: index.digest }] };
}

/** Somebody deletes the service `api`. */
export function deleteService({ account }: Stage): void {
  if (!prod(account).services.delete('api')) throw new Error('The service is not there');
}

/** A task of no service starts with the accused image: it has its digest once it is pulled. */
export function startTask({ account }: Stage): void {
  const definition = taskDefinitions(account).get('api:2');
  if (definition === undefined) throw new Error('The definition is not there');
  const image = `${repositoryUri(account, repository)}:2.0`;
  prod(account).tasks.set('late', {
    id: 'late',
    arn: ecsArn(account, 'task/prod/late'),
    definition,
    group: 'family:api',
    startedBy: undefined,
    createdAt: account.clock.now(),
    containers: [{ name: 'web', image, digest: index.digest }],
    status: 'RUNNING',
  });
}

/** Somebody moves the tag `prod`, which the service's definition names, onto the accused image. */
export function moveTag({ account }: Stage): void {
  const images = repositories(account).get(repository)?.images;
  images?.get(sound)?.tags.delete('prod');
  images?.get(index.digest)?.tags.add('prod');
}

/** Somebody protects the repository. */
export function protect({ account }: Stage): void {
  const found = ordersRepository(account);
  repositories(account).set(repository, { ...found, tags: { ...found.tags, 'firebreak:protected': '' } });
}

export function ordersRepository(account: Stage['account']): Repository {
  const found = repositories(account).get(repository);
  if (found === undefined) throw new Error('The repository is not there');
  return found;
}

function prod(account: Stage['account']): Cluster {
  const cluster = clusters(account).get('prod');
  if (cluster === undefined) throw new Error('The cluster is not there');
  return cluster;
}
