import type { Match } from './imageMatch.ts';
import type { Unread } from './reads.ts';

/** Something that runs an image, or would start it. */
export type ImageUser = {
  readonly kind: 'task' | 'service' | 'task-definition' | 'function' | 'pod' | 'workload';
  /** On Kubernetes, which has none: `eks/CLUSTER/NAMESPACE/pods/NAME`. */
  readonly arn: string;
  /** Which of the images, and whether it was named by digest or by a tag that points to it. */
  readonly digest: string;
  readonly by: 'digest' | 'tag';
  /** For a task definition: the services, rules and schedules that would start it. */
  readonly startedBy: readonly string[];
};

/** What reading the places gave: who uses the images, and what could not be told. */
export interface Sightings {
  readonly users: ImageUser[];
  readonly unread: Unread[];
}

/** Notes what a match says about one user; each user is listed once per image. */
export function note(
  sightings: Sightings,
  user: Pick<ImageUser, 'kind' | 'arn'> & { readonly startedBy?: readonly string[]; readonly pulling?: boolean },
  match: Match | null,
): void {
  if (match === null) return;
  if (match.by === 'unclear') {
    const why = `it names the repository by the tag ${match.tag}, which may have moved, and no digest is known`;
    sightings.unread.push({ place: shortArn(user.arn), why, ...(user.pulling === true ? { pulling: true } : {}) });
    return;
  }
  const { digest, by } = match;
  const known = sightings.users.some((one) => one.arn === user.arn && one.digest === digest);
  if (!known) sightings.users.push({ kind: user.kind, arn: user.arn, digest, by, startedBy: user.startedBy ?? [] });
}

/** The part of an ARN that names the resource: `service/prod/checkout`, `function:resize:3`. */
export const shortArn = (arn: string): string => (arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') : arn);
