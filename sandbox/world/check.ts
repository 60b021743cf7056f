import { digestOf, imageManifest } from '../services/ecr/manifests.ts';
import { isSchedule } from '../services/eventbridge/schedule/schedule.ts';
import { inSettings } from './checkEcr.ts';
import { inCluster } from './checkEcs.ts';
import { inEksClusters } from './checkEks.ts';
import { inElasticIps, inSecurityGroups } from './checkNetwork.ts';
import { inNetworkAcls } from './checkNetworkAcls.ts';
import { inRoleNames, inRoles } from './checkRoles.ts';
import { inAssociations, inNodes } from './checkSsm.ts';
import { inUsers } from './checkUsers.ts';
import { inIpSets } from './checkWaf.ts';
import { inWatch } from './checkWatch.ts';
import { type Misfit, type Path, repeated } from './misfit.ts';
import { BadReference, referenceOf } from './reference.ts';
import type { World } from './schema.ts';

/** What no schema can say of a world: names are unique, and what is named is there. In the order of the file's keys. */
export function misfitsOf(world: World): readonly Misfit[] {
  return [
    ...repeated(world.repositories, ['repositories'], 'name', ({ name }) => name),
    ...world.repositories.flatMap((repository, at) => [
      ...inSettings(repository, ['repositories', at]),
      ...inRepository(repository, ['repositories', at, 'images']),
    ]),
    ...repeated(
      world.taskDefinitions,
      ['taskDefinitions'],
      'revision',
      ({ family, revision }) => `${family}:${revision}`,
    ),
    ...world.taskDefinitions.flatMap(({ containers }, at) => {
      const path = ['taskDefinitions', at, 'containers'];
      return [
        ...repeated(containers, path, 'name', ({ name }) => name),
        ...containers.flatMap(({ image }, index) => inReference(world, image, [...path, index, 'image'])),
      ];
    }),
    ...repeated(world.clusters, ['clusters'], 'name', ({ name }) => name),
    ...world.clusters.flatMap((cluster, at) => inCluster(world, cluster, ['clusters', at])),
    ...inEksClusters(world),
    ...inNodes(world),
    ...inAssociations(world),
    ...inSecurityGroups(world),
    ...inElasticIps(world),
    ...inNetworkAcls(world),
    ...inIpSets(world),
    ...inSchedules(world),
    ...inRoleNames(world),
    ...inRoles(world),
    ...inUsers(world),
    ...repeated(world.functions, ['functions'], 'name', ({ name }) => name),
    ...world.functions.flatMap(({ image }, at) =>
      image === undefined ? [] : inReference(world, image, ['functions', at, 'image'], true),
    ),
    ...inWatch(world),
  ];
}

type WorldImage = World['repositories'][number]['images'][number];

function inRepository({ images }: World['repositories'][number], path: Path): Misfit[] {
  const tags = images.flatMap((image, at) =>
    image.tags.map((tag, index) => ({ tag, path: [...path, at, 'tags', index] })),
  );
  const seen = new Set<string>();
  const twice = tags.filter(({ tag }) => seen.has(tag) || !seen.add(tag));
  return [
    ...repeated(images, path, 'digest', ({ digest }) => digest),
    ...twice.map(({ tag, path: where }) => ({
      path: where,
      message: `the tag ${tag} is on another image already; a repository has each tag once, so take it off one of them`,
    })),
    ...images.flatMap((image, at) => inContent(image, [...path, at])),
    ...images.flatMap((image, at) => inImage(image, images, [...path, at])),
  ];
}

/** The digest of an image with a content is that of its manifest. */
function inContent({ content, digest, platforms }: WorldImage, path: Path): Misfit[] {
  if (content === undefined) return [];
  if (platforms.length > 0) {
    return [{ path: [...path, 'content'], message: 'an index has no content of its own; take it out' }];
  }
  const right = digestOf(imageManifest(content));
  return right === digest ? [] : [{ path: [...path, 'digest'], message: `does not fit the content; write ${right}` }];
}

function inImage(image: WorldImage, images: readonly WorldImage[], path: Path): Misfit[] {
  const nested = image.platforms.flatMap(({ digest }, index): Misfit[] => {
    const other = images.find((each) => each.digest === digest);
    if (digest !== image.digest && (other === undefined || other.platforms.length === 0)) return [];
    const message = `${digest} is an index itself; list the images of its platforms here instead`;
    return [{ path: [...path, 'platforms', index, 'digest'], message }];
  });
  const needing = images.find(
    (other) => other.storageClass === 'STANDARD' && other.platforms.some(({ digest }) => digest === image.digest),
  );
  const early: Misfit[] =
    image.storageClass === 'ARCHIVE' && needing !== undefined
      ? [
          {
            path: [...path, 'storageClass'],
            message: `the index ${needing.digest} needs it, and ECR archives an index first; archive that too, or neither`,
          },
        ]
      : [];
  return [...repeated(image.platforms, [...path, 'platforms'], 'digest', ({ digest }) => digest), ...nested, ...early];
}

/** Rules are of the account, not of a cluster, and schedules of a group: each name once in all, and a schedule that EventBridge would take. */
const inSchedules = ({ clusters }: World): Misfit[] => [
  ...inExpressions(
    clusters.flatMap(({ scheduledTasks }, at) =>
      scheduledTasks.map((task, index) => ({ ...task, path: ['clusters', at, 'scheduledTasks', index] })),
    ),
  ),
  ...inExpressions(
    clusters.flatMap(({ taskSchedules }, at) =>
      taskSchedules.map(({ group, name, schedule }, index) => ({
        ...{ name: `${group}/${name}`, schedule },
        path: ['clusters', at, 'taskSchedules', index],
      })),
    ),
  ),
];

interface Expression {
  readonly name: string;
  readonly schedule: string;
  readonly path: Path;
}

function inExpressions(all: readonly Expression[]): Misfit[] {
  const seen = new Set<string>();
  const twice = all.filter(({ name }) => seen.has(name) || !seen.add(name));
  return [
    ...twice.map(({ name, path }) => ({
      path: [...path, 'name'],
      message: `${name} is there already; change or remove one of the two`,
    })),
    ...all.flatMap(({ schedule, path }) =>
      isSchedule(schedule)
        ? []
        : [
            {
              path: [...path, 'schedule'],
              message: `"${schedule}" is no schedule; write rate(1 day) or cron(0 3 * * ? *)`,
            },
          ],
    ),
  ];
}

function inReference(world: World, image: string, path: Path, onlyHere = false): Misfit[] {
  try {
    const { here } = referenceOf(world, image);
    const message = `"${image}" is elsewhere, and Lambda runs images of the account's own registry only; name one of those`;
    return here || !onlyHere ? [] : [{ path, message }];
  } catch (error) {
    if (error instanceof BadReference) return [{ path, message: error.message }];
    throw error;
  }
}
