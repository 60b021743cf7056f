import type { JsonObject } from '../platform/json.ts';
import type { Observation } from './steps.ts';

/** The first owner that is known among what actions observed of their targets, with how it was found; else why it is not; `unknown` when none says. */
export const ownerAmong = (observed: readonly (JsonObject | null)[]): string =>
  firstKnown(observed.flatMap((one) => saidIn(one)));

/**
 * Whose a plan is: as its targets say (a service, a host), else as is said around the workload (task definition, cluster), else as the
 * repository of an image says, and as the task itself says only then: what runs in it may be able to tag it.
 */
export function ownerOf(
  observations: readonly Pick<Observation, 'proposal' | 'observed'>[],
  around: readonly string[],
): string {
  const said = (images: boolean): readonly string[] =>
    observations
      .filter(({ proposal }) => (proposal.target.kind === 'image') === images)
      .flatMap(({ observed }) => saidIn(observed));
  const own = said(false);
  const repositories = own.length + around.length === 0 ? said(true) : said(true).map(ofRepository);
  const byOthers = own.filter((owner) => !isOfTask(owner));
  // Where nobody is known, the first is said: that of the widest look, around.
  return firstKnown([...byOthers.filter(isKnownOwner), ...around, ...repositories, ...own]);
}

const saidIn = (observed: JsonObject | null): readonly string[] => {
  const owner = observed?.['owner'];
  return typeof owner === 'string' && owner !== '' ? [owner] : [];
};

const firstKnown = (said: readonly string[]): string => said.find(isKnownOwner) ?? said[0] ?? 'unknown';

/** As `ownerText` writes what nobody's tag says. */
export const isKnownOwner = (owner: string): boolean => owner !== '' && !/^unknown( \(|$)/.test(owner);

const ofRepository = (owner: string): string => owner.replace(/\((tag [^()]+)\)$/, '($1 of the repository)');

/** As a task's own tags say it: whoever is in there may have set them. */
export const isOfTask = (owner: string): boolean => / of the task\)$/.test(owner);

/** As the target itself says it, and not something around it. */
export const isOwnTag = (owner: string): boolean => !/ \(tag \S+ of [^()]*\)$/.test(owner);
