import { imageResource } from '../finding/ecrImage.ts';
import type { Finding } from '../finding/finding.ts';
import type {
  AccessKeyResource,
  EcsServiceResource,
  ImageResource,
  Resource,
  RoleResource,
  SecretResource,
} from '../finding/resource.ts';
import { roleOfArn } from '../finding/role.ts';
import { parseImageReference } from './imageReference.ts';
import {
  type SeenContainer,
  type SeenService,
  type SeenTask,
  unknownRole,
  type Version,
  type Workload,
} from './workload.ts';

type Placed<R extends Resource> = R & { readonly account: string; readonly region: string };
type PlacedResource = Resource extends infer R ? (R extends Resource ? Placed<R> : never) : never;

/** What the account says about what a finding accuses, as far as the cause depends on it. */
export interface Circumstances {
  /** When the digest that the accused container runs was first deployed to its service (ISO); null where nobody can tell. */
  readonly firstDeployedAt: string | null;
  /** Whether the service ran another digest of this container before. */
  readonly hadEarlier: boolean;
  /** Whether the accused containers' file systems are read-only (see `SeenContainer`): what runs from there came with the image. */
  readonly readOnlyRoot: boolean;
}

/** A pod that somebody is in, and whose credentials it has. */
export type AccusedPod = {
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** As its finding names it: `pods/checkout-5c9f`. */
  readonly workload: string;
};

/** What one finding accuses, with what belongs to it. Plain data. */
export interface Accused {
  /** The finding's own resource, then what was found to belong to it: the task's service, the images of its containers. */
  readonly targets: readonly PlacedResource[];
  /** ARNs. */
  readonly tasks: readonly string[];
  /** Of the accused containers, as ECS resolved them. */
  readonly digests: readonly string[];
  /** Whose credentials the accused tasks had: who took them can go on using them. `unknown` where it could not be read. */
  readonly roles: readonly string[];
  /** The same as resources, where they are known: what is done about credentials is done to these. Absent: to none. */
  readonly roleTargets?: readonly Placed<RoleResource>[];
  /** The pod that the finding is about, once its service account is known. Absent: none. */
  readonly pods?: readonly AccusedPod[];
  /** Secrets that the accused tasks were given: whoever was in there has their values. Absent: none is known. */
  readonly secretTargets?: readonly Placed<SecretResource>[];
  /** Access keys that stand in an accused task definition in plain text. Absent: none is known. */
  readonly keyTargets?: readonly Placed<AccessKeyResource>[];
  /** Services of which a fix is a matter of the finding: they run a revision of its family. Absent: none. */
  readonly fixTargets?: readonly Placed<EcsServiceResource>[];
  /** The last pull by an accused task, ISO; null when none is known. */
  readonly pulledUntil: string | null;
  readonly circumstances: Circumstances;
  /** The same of each image by itself: a sidecar that has run for months says nothing for the one that was deployed with it just now. */
  readonly images: readonly { readonly digest: string; readonly circumstances: Circumstances }[];
  /** As tags around the workload say it, whose it is (`readEcsOwner`); null where they were not read. */
  readonly owner: string | null;
  /** Images in ECR that the services have run. */
  readonly ran: readonly Placed<ImageResource>[];
}

const taskNames = (resource: Resource): readonly string[] =>
  resource.kind === 'ecs-task' ? resource.containers.map(({ name }) => name) : [];

/** A task as it was seen, completed by what its finding says: of one that is gone, ECS shows nothing any more. */
function completed({ resource }: Finding, task: SeenTask): SeenTask {
  if (resource.kind !== 'ecs-task' || resource.arn !== task.arn) return task;
  const named = resource.containers.map((one) => ({ ...one, digest: null, readOnlyRoot: null }));
  return {
    ...task,
    service: task.service ?? resource.service,
    group: task.group ?? resource.group,
    taskDefinition: task.taskDefinition ?? resource.taskDefinition,
    launchType: task.launchType ?? resource.launchType,
    containers: task.containers.length > 0 ? task.containers : named,
  };
}

/** The containers that a finding accuses: those that it names, all of the task where it names none that is there. */
function accusedContainers(resource: Resource, task: SeenTask): readonly SeenContainer[] {
  const named = task.containers.filter(({ name }) => taskNames(resource).includes(name));
  return named.length > 0 ? named : task.containers;
}

const serviceOf = (task: SeenTask, { services }: Workload): SeenService | undefined =>
  services.find(({ arn, name }) => name === task.service && clusterIn(arn) === clusterIn(task.arn));

/** `arn:…:task/CLUSTER/ID` and `arn:…:service/CLUSTER/NAME`. */
const clusterIn = (arn: string): string => arn.split('/')[1] ?? '';

/** What a service ran under this definition, where it was always the same: for a task that ECS does not show any more. */
function digestByDefinition(
  service: SeenService | undefined,
  definition: string | null,
  container: string,
): string | null {
  const versions = service?.versions.filter(({ taskDefinition }) => taskDefinition === definition) ?? [];
  const digests = new Set(versions.flatMap((version) => digestIn(version, container) ?? []));
  const [only = null] = digests;
  return digests.size === 1 ? only : null;
}

const digestIn = ({ containers }: Version, name: string): string | null =>
  containers.find((container) => container.name === name)?.digest ?? null;

interface AccusedImage {
  readonly container: string;
  readonly image: string | null;
  readonly digest: string | null;
  readonly readOnlyRoot: boolean;
  readonly service: SeenService | undefined;
}

function imagesOf(finding: Finding, task: SeenTask, workload: Workload): readonly AccusedImage[] {
  const service = serviceOf(task, workload);
  return accusedContainers(finding.resource, task).map(({ name, image, digest, readOnlyRoot }) => ({
    container: name,
    image,
    digest: digest ?? digestByDefinition(service, task.taskDefinition, name),
    readOnlyRoot: readOnlyRoot === true,
    service,
  }));
}

const earliest = (times: readonly string[]): string | null => times.toSorted()[0] ?? null;

/** All accused images must have the same story; one that nobody can tell makes it none. */
function circumstancesOf(images: readonly AccusedImage[]): Circumstances {
  const first = images.map(({ service, container, digest }) =>
    digest === null
      ? null
      : earliest(
          (service?.versions ?? []).flatMap((version) =>
            digestIn(version, container) === digest ? [version.deployedAt] : [],
          ),
        ),
  );
  const known = first.filter((at) => at !== null);
  const firstDeployedAt = known.length === first.length ? earliest(known) : null;
  return {
    firstDeployedAt,
    hadEarlier: images.some(({ service, container, digest }) =>
      (service?.versions ?? []).some(
        (version) => version.deployedAt < (firstDeployedAt ?? '') && digestIn(version, container) !== digest,
      ),
    ),
    readOnlyRoot: images.length > 0 && images.every(({ readOnlyRoot }) => readOnlyRoot),
  };
}

function byDigest(images: readonly AccusedImage[]): Accused['images'] {
  const known = Map.groupBy(images, ({ digest }) => digest);
  return [...known].flatMap(([digest, some]) =>
    digest === null ? [] : [{ digest, circumstances: circumstancesOf(some) }],
  );
}

/** The image in ECR; null for one of another registry, and where no digest is known: nothing can be done to it. */
function inEcr({ image, digest }: Pick<AccusedImage, 'image' | 'digest'>): Placed<ImageResource> | null {
  const reference = image === null ? null : parseImageReference(image);
  if (reference === null || digest === null) return null;
  const { account, region, repository, tag } = reference;
  return { ...imageResource(reference, repository, digest, tag === null ? [] : [tag]), account, region };
}

function taskOf({ account, region }: Finding, task: SeenTask): PlacedResource {
  const [, cluster = '', id = ''] = task.arn.split('/');
  const { arn, service, group, taskDefinition, launchType } = task;
  const containers = task.containers.map(({ name, image }) => ({ name, image: image ?? '' }));
  return {
    kind: 'ecs-task',
    id: `${cluster}/${id}`,
    ...{ arn, cluster, service, group, taskDefinition, launchType, containers },
    account,
    region,
  };
}

/** The roles of tasks, each once. */
function roleTargetsOf({ account, region }: Finding, tasks: readonly SeenTask[]): readonly Placed<RoleResource>[] {
  const roles = tasks.flatMap(({ role }) => (role === null ? [] : (roleOfArn(role) ?? [])));
  return [...new Map(roles.map((role) => [role.id, { ...role, account, region }])).values()];
}

/** The secrets of tasks, each once: those of the finding's own account and Region, where it can act. */
function secretTargetsOf({ account, region }: Finding, tasks: readonly SeenTask[]): Pick<Accused, 'secretTargets'> {
  const own = `:secretsmanager:${region}:${account}:secret:`;
  const arns = new Set(tasks.flatMap(({ secrets = [] }) => secrets.filter((arn) => arn.includes(own))));
  const targets = [...arns].sort().map((arn) => {
    const id = arn.slice(arn.indexOf(own) + own.length);
    return { kind: 'secret' as const, id, arn, account, region };
  });
  return targets.length === 0 ? {} : { secretTargets: targets };
}

const asResource = (
  { account, region }: Finding,
  { arn, cluster, name }: Pick<SeenService, 'arn' | 'cluster' | 'name'>,
): PlacedResource => ({
  kind: 'ecs-service',
  id: `${cluster}/${name}`,
  arn,
  cluster,
  service: name,
  account,
  region,
});

const onceEach = (targets: readonly PlacedResource[]): readonly PlacedResource[] => [
  ...new Map(targets.map((target) => [`${target.kind} ${target.id}`, target])).values(),
];

const unknowns: Circumstances = { firstDeployedAt: null, hadEarlier: false, readOnlyRoot: false };

/** The service that a task names, by its name alone; none where it names none. */
function namedService(
  finding: Finding,
  { arn, service: name }: Pick<SeenTask, 'arn' | 'service'>,
): readonly PlacedResource[] {
  if (name === null) return [];
  const [, cluster = ''] = arn.split('/');
  const place = arn.slice(0, arn.indexOf(':task/'));
  return [asResource(finding, { arn: `${place}:service/${cluster}/${name}`, cluster, name })];
}

/** By the finding alone: the account could not be read, and it still says which task, and of which service. */
function unread(finding: Finding, own: PlacedResource): Accused {
  const { resource } = finding;
  const isTask = resource.kind === 'ecs-task';
  const service = isTask ? namedService(finding, resource) : [];
  return {
    targets: [own, ...service],
    tasks: isTask ? [resource.arn] : [],
    digests: [],
    roles: isTask ? [unknownRole] : [],
    pulledUntil: null,
    circumstances: unknowns,
    images: [],
    owner: null,
    ran: [],
  };
}

/** The service that a task names and that could not be read: whoever contains it reads it then, or holds it. */
function unreadService(finding: Finding, task: SeenTask, workload: Workload): readonly PlacedResource[] {
  return serviceOf(task, workload) === undefined ? namedService(finding, task) : [];
}

/** What a finding accuses, in the account as it was read; without a workload, its own resource alone. Pure. */
export function accusedBy(finding: Finding, workload: Workload | undefined): Accused {
  const { account, region, resource } = finding;
  const own: PlacedResource = { ...resource, account, region };
  if (workload === undefined) {
    return unread(finding, own);
  }
  const seen = workload.tasks.map((task) => completed(finding, task));
  const images = seen.flatMap((task) => imagesOf(finding, task, workload));
  const services = seen.flatMap((task) => serviceOf(task, workload) ?? []);
  const tasks = seen.map((task) => taskOf(finding, task));
  return {
    targets: onceEach([
      ...(resource.kind === 'ecs-task' ? [] : [own]),
      ...tasks,
      ...services.map((service) => asResource(finding, service)),
      ...(workload.unread.length === 0 ? [] : seen.flatMap((task) => unreadService(finding, task, workload))),
      ...images.flatMap((image) => inEcr(image) ?? []),
    ]),
    tasks: workload.tasks.map(({ arn }) => arn).sort(),
    digests: [...new Set(images.flatMap(({ digest }) => digest ?? []))].sort(),
    roles: [...new Set(workload.tasks.flatMap(({ role }) => role ?? []))].sort(),
    roleTargets: roleTargetsOf(finding, workload.tasks),
    ...secretTargetsOf(finding, workload.tasks),
    pulledUntil:
      workload.tasks
        .flatMap(({ pulledAt }) => pulledAt ?? [])
        .toSorted()
        .at(-1) ?? null,
    circumstances: circumstancesOf(images),
    images: byDigest(images),
    owner: workload.owner,
    ran: services.flatMap(({ versions }) =>
      versions.flatMap(({ containers }) => containers.flatMap((one) => inEcr(one) ?? [])),
    ),
  };
}
