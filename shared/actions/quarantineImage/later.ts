import { shortDigest } from '../targets/imageTarget.ts';
import type { Observed } from './observe.ts';

/** Of each image's status, that of the images which are still in the repository: a lifecycle policy may have deleted the rest. Pure. */
export const imagesLeft = (fields: Partial<Observed>, { status: seen }: Observed): Partial<Observed> =>
  fields.status === undefined
    ? fields
    : { ...fields, status: Object.fromEntries(Object.entries(fields.status).filter(([digest]) => digest in seen)) };

/**
 * Names the images that were pushed out of the archive, where a push has brought back all that is not in it. ECR has a restore by hand
 * and a push end in the same status, so only its times tell them apart; where they do not, a person may have decided it. Pure.
 */
export function pushedAgain(before: Observed, observed: Observed): string | undefined {
  const out = Object.keys(observed.status).filter((digest) => observed.status[digest] !== 'ARCHIVED');
  if (out.length === 0 || !out.every((digest) => isPush(digest, before, observed))) return undefined;
  return out
    .map((digest) => `${shortDigest(digest)} was pushed again${since(observed.history[digest]?.archivedAt)}`)
    .join(', ');
}

/** Told with it, so that a push after somebody has archived it by hand is no repeat of the one before. */
const since = (archivedAt: string | null | undefined): string =>
  typeof archivedAt === 'string' ? ` (it was archived ${archivedAt})` : '';

/** The times of one image are all ECR's own, so that no two clocks are compared. */
function isPush(digest: string, before: Observed, { status, history }: Observed): boolean {
  const { pushedAt = null, archivedAt = null, activatedAt = null } = history[digest] ?? {};
  if (status[digest] !== 'ACTIVE' || pushedAt === null) return false;
  if (archivedAt === null) {
    // Never archived, though we have done it: it was deleted, and this is another push of it.
    const then = before.history?.[digest]?.pushedAt ?? null;
    return then !== null && pushedAt > then;
  }
  return pushedAt > archivedAt || activatedAt === null || activatedAt < archivedAt;
}
