import { failureOf, mayPass, whyOf } from './awsFailure.ts';
import { type Ownership, ownershipFrom, ownerText } from './owner.ts';
import type { Reads } from './reads.ts';

/** A tag as ECS writes it. */
export interface EcsTag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** Owner and protection as the tags of something on ECS say it. */
export const ecsOwnership = (tags: readonly EcsTag[] = []): Ownership =>
  ownershipFrom(tags.map(({ key, value }) => ({ Key: key, Value: value })));

/** The same, with the place in it where it was found: `tag team of cluster prod`. */
function ownershipOf(place: string, tags: readonly EcsTag[] | undefined): Ownership {
  const { owner, foundBy, protectedBy } = ecsOwnership(tags);
  return {
    owner,
    foundBy: `${foundBy} of ${place}`,
    protectedBy: protectedBy === null ? null : `${protectedBy} of ${place}`,
  };
}

/** A task's own tags, which what runs in it may have set, if its role may. */
export const taskOwnership = (tags: readonly EcsTag[] | undefined): Ownership => ownershipOf('the task', tags);

async function readCluster(read: Reads, cluster: string): Promise<Ownership> {
  const { client, DescribeClustersCommand } = await read.aws.ecs();
  const answer = await client.send(new DescribeClustersCommand({ clusters: [cluster], include: ['TAGS'] }), read.call);
  const [found] = answer.clusters ?? [];
  if (found !== undefined) return ownershipOf(`cluster ${cluster}`, found.tags);
  const why = `cluster ${cluster} is not there`;
  return { owner: null, foundBy: why, protectedBy: why };
}

/**
 * How its cluster protects what runs in it; null where it does not. Tags that cannot be read protect. Throws the SDK's own error where AWS
 * may answer a little later.
 */
export async function clusterProtection(read: Reads, cluster: string): Promise<string | null> {
  try {
    return (await readCluster(read, cluster)).protectedBy;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null || mayPass(failure)) throw error;
    return `the tags of cluster ${cluster} could not be read: ${whyOf(failure)}`;
  }
}

/** Tags of what was described already; `unread` where some of it could not be. */
export interface DescribedTags {
  readonly tags: readonly (readonly EcsTag[] | undefined)[];
  readonly unread: boolean;
}

/**
 * Whose a workload is, as `ownerText` writes it: as its services say, else the task definitions that the accused tasks were started from
 * (what we registered ourselves is none of them), else its cluster, which is asked only then. Not as a task says. What cannot be read is
 * named, and the next is asked: somebody must hear of it whatever AWS answers.
 */
export async function readEcsOwner(
  read: Reads,
  cluster: string,
  described: { readonly services: DescribedTags; readonly definitions: DescribedTags },
): Promise<string> {
  const { services, definitions } = described;
  const unread = services.unread ? ['the service'] : [];
  const service = services.tags.map((tags) => ecsOwnership(tags)).find(isNamed);
  if (service !== undefined) return said(service);
  const definition = definitions.tags.map((tags) => ownershipOf('the task definition', tags)).find(isNamed);
  if (definition !== undefined) return said(definition, unread);
  if (definitions.unread) unread.push('the task definition');
  try {
    const around = await readCluster(read, cluster);
    if (isNamed(around)) return said(around, unread);
  } catch (error) {
    if (failureOf(error) === null) throw error;
    unread.push(`cluster ${cluster}`);
  }
  const { foundBy } = ecsOwnership();
  return said({ owner: null, foundBy: `${foundBy} of service, task definition or cluster` }, unread);
}

type Found = Pick<Ownership, 'owner' | 'foundBy'>;

const isNamed = ({ owner }: Found): boolean => owner !== null;

/** In its brackets no others may stand (`responsibleFor`), so that why AWS did not say is left out. */
const said = ({ owner, foundBy }: Found, unread: readonly string[] = []): string =>
  ownerText({ owner, foundBy: [foundBy, ...unread.map((place) => `${place} could not be read`)].join('; ') });
