import { createHash } from 'node:crypto';
import type { Account, Principal } from '../../account.ts';
import { readManifest } from '../ecr/manifests.ts';
import { recordPull } from '../ecr/pullTime.ts';
import { type Need, type Repository, repositories, type StoredImage } from '../ecr/state.ts';
import { imageNow, referenceHere } from './images.ts';
import type { ResolvedContainer, StoredTask } from './state.ts';

export interface Pulled {
  readonly digest: string | undefined;
  /** The container ends as soon as it starts: it always does, or it needs what its definition does not give it. */
  readonly exits: boolean;
}

/**
 * Pulls one container's image: by the digest that it was resolved to, else by its own reference. An image that is archived,
 * being restored or gone is not found. On a container instance a copy pulled earlier will do then (ECS_IMAGE_PULL_BEHAVIOR
 * `default`). Images of registries elsewhere are always there.
 * @returns undefined where there is nothing to start from
 */
export function pull(account: Account, task: StoredTask, container: ResolvedContainer): Pulled | undefined {
  const reference = referenceHere(account, container.image);
  if (reference === undefined) return { digest: container.digest, exits: false };
  const digest = container.digest ?? reference.digest;
  const repository = repositories(account).get(reference.repository);
  const wanted = digest === undefined ? reference : { ...reference, digest };
  const image = imageNow(account, wanted);
  const name = digest === undefined ? container.image : `${reference.repository}@${digest}`;
  if (repository !== undefined && image !== undefined && canBePulled(repository, image)) {
    for (const each of whole(repository, image)) recordPull(account, pullerOf(account, task), each);
    task.host?.cache.set(container.image, image.digest).set(`${reference.repository}@${image.digest}`, image.digest);
    return { digest: image.digest, exits: ends(image, task, container) };
  }
  const cached = task.host?.cache.get(name);
  if (cached === undefined) return undefined;
  return { digest: cached, exits: ends(repository?.images.get(cached), task, container) };
}

function ends(image: StoredImage | undefined, { definition }: StoredTask, { name }: ResolvedContainer): boolean {
  const { privileged, user, readonlyRootFilesystem } = definition.containers.find((one) => one.name === name) ?? {};
  const lacks: Readonly<Record<Need, boolean>> = {
    privileged: privileged !== true,
    root: user !== undefined && !/^(?:root|0)(?::|$)/.test(user),
    writes: readonlyRootFilesystem === true,
  };
  return image?.exits === true || (image?.needs ?? []).some((need) => lacks[need]);
}

const canBePulled = (repository: Repository, image: StoredImage): boolean =>
  whole(repository, image).every(({ status }) => status === 'ACTIVE');

/** What a pull reads: the image, for an index also the image of the platform. Here every host is linux/amd64, where there is one. */
function whole(repository: Repository, image: StoredImage): readonly StoredImage[] {
  if (image.platforms.length === 0) return [image];
  const { platforms } = readManifest(image.manifest, image.mediaType);
  const real = platforms.filter(({ os }) => os !== 'unknown');
  const chosen = real.find(({ os, architecture }) => os === 'linux' && architecture === 'amd64') ?? real[0];
  const platform = repository.images.get(chosen?.digest ?? '');
  return platform === undefined ? [image] : [image, platform];
}

/** Who pulls: the task's execution role, or, without one, ECS itself (a container instance's role is not known). */
function pullerOf(account: Account, task: StoredTask): Principal {
  const roleArn = task.definition.settings.executionRoleArn;
  if (roleArn === undefined) return { kind: 'service', service: 'ecs-tasks.amazonaws.com', sourceArn: task.arn };
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const arn = `arn:aws:sts::${account.id}:assumed-role/${roleName}/${task.id}`;
  return { kind: 'role', roleName, arn, sessionPolicies: [] };
}

/** As the agent says it, whether the image is archived or gone. */
export function cannotPull({ image, digest }: ResolvedContainer): string {
  const asked = digest === undefined || image.includes('@') ? image : `${image.replace(/:[^:/]*$/, '')}@${digest}`;
  return `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${asked}: ${asked}: not found`;
}

/** The runtime id of a container: it follows from its task and name. */
export const runtimeId = (task: StoredTask, container: string): string =>
  `${task.id}-${Number.parseInt(
    createHash('sha256')
      .update(task.id + container)
      .digest('hex')
      .slice(0, 8),
    16,
  )}`;
