import { Throttled } from '../platform/errors.ts';
import { failureOf, mayPass, whyOf } from './awsFailure.ts';
import type { Reads } from './reads.ts';

/** Whose a resource is, and whether it needs a person's word before it is taken down. */
export type Ownership = {
  readonly owner: string | null;
  /** How the owner was found, or why not, for people: `tag team`. */
  readonly foundBy: string;
  /** Why it counts as protected: `tag firebreak:protected`; null when it does not. */
  readonly protectedBy: string | null;
  /** The tags could not be read just now, and may be a little later. */
  readonly mayPass?: boolean;
};

export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

// The first that has a value wins; teams write these with and without capitals.
const ownerTags = ['firebreak:owner', 'owner', 'team'];
const protectionTag = 'firebreak:protected';
const off = new Set(['false', 'no', 'off', '0']);

/** Owner and protection as tags say it. The protection tag counts by being there, unless it plainly says no. */
export function ownershipFrom(tags: readonly Tag[]): Ownership {
  const values = (name: string): readonly string[] =>
    tags.filter(({ Key }) => Key?.toLowerCase() === name).map(({ Value = '' }) => Value.trim());
  // Of two that differ in capitals alone, one that says something.
  const tagValue = (name: string): string | undefined => values(name).find((value) => value !== '');
  const tag = ownerTags.find((name) => tagValue(name) !== undefined);
  const isProtected = values(protectionTag).some((value) => !off.has(value.toLowerCase()));
  return {
    owner: tag === undefined ? null : (tagValue(tag) ?? null),
    foundBy: tag === undefined ? `no tag ${ownerTags.join(', ')}` : `tag ${tag}`,
    protectedBy: isProtected ? `tag ${protectionTag}` : null,
  };
}

// A tag may have 256 characters, and how it was found must not be cut off behind them.
const longestOwner = 120;

/** `payments (tag team)`, or `unknown (no tag …)`: whose it is and how that is known, as an action observes it under `owner`. */
export const ownerText = ({ owner, foundBy }: Pick<Ownership, 'owner' | 'foundBy'>): string =>
  `${owner === null ? 'unknown' : owner.slice(0, longestOwner)} (${foundBy})`;

/** @throws Throttled where AWS may tell a little later (`mayPass`): else a person would be asked because of that */
export function unlessItPasses(own: Ownership, doing: string): Ownership {
  if (own.mayPass === true) throw new Throttled(`${doing}: ${own.foundBy}`);
  return own;
}

/** Owner and protection by tags that are read. When they cannot be, what has them counts as protected and nobody is known to own it. */
export async function ownershipBy(readTags: () => Promise<readonly Tag[]>): Promise<Ownership> {
  try {
    return ownershipFrom(await readTags());
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    const why = `the tags could not be read: ${whyOf(failure)}`;
    return { owner: null, foundBy: why, protectedBy: why, mayPass: mayPass(failure) };
  }
}

/** Owner and protection of a repository, by its tags. */
export const readOwnership = (read: Reads, repositoryArn: string): Promise<Ownership> =>
  ownershipBy(async () => {
    const { client, ListTagsForResourceCommand } = await read.aws.ecr();
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: repositoryArn }), read.call);
    return answer.tags ?? [];
  });
