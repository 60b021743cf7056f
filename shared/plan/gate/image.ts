import { pullable, reason } from './reason.ts';
import type { Asked, Looked, Reason } from './verdict.ts';

/** Whether there is such an image, and it can be pulled and run. */
export function imageCheck(asked: Asked): Looked {
  const reasons = reasonsOf(asked);
  return {
    check: 'image',
    said: reasons.length === 0 ? 'it is there and can be pulled' : 'it cannot be looked at',
    reasons,
  };
}

const about = (given: Omit<Parameters<typeof reason>[0], 'check'>): Reason => reason({ check: 'image', ...given });

const retry = 'Ask again in a minute.';
const grant = 'Give these credentials what docs/gate.md lists, or ask again with others.';

function reasonsOf({ reference, asked, set: { settings } }: Asked): readonly Reason[] {
  const place = pullable(reference, asked?.image?.digest);
  if (asked === null) {
    const allowed = settings.images?.unscanned === 'allow';
    return [
      about({
        code: 'not-ecr',
        level: allowed ? 'warn' : 'unknown',
        message: `${reference.registry} is no registry of Amazon ECR: nothing can be read of the image, its scan included.`,
        place,
        mend: allowed ? '' : 'Copy the image to Amazon ECR and deploy it from there.',
      }),
    ];
  }
  const unread = asked.unread.map(({ place: what, why, mayPass = false }) =>
    about({
      code: 'not-read',
      level: 'unknown',
      message: `${what} could not be read: ${why}.`,
      place,
      mend: mayPass ? retry : grant,
      mayPass,
    }),
  );
  if (asked.missing !== null) {
    const what = asked.missing === 'image' ? 'no such image' : 'no such repository';
    const message = `Amazon ECR has ${what} in ${reference.ecr?.account} ${reference.ecr?.region}.`;
    const mend = 'See to the name, the tag or digest, the account and the Region; push the image first.';
    return [...unread, about({ code: 'unknown-image', level: 'unknown', message, place, mend })];
  }
  return asked.image === null ? unread : [...unread, ...ofFound(asked.image, asked.runnable, reference)];
}

function ofFound(
  { digest, kind, status, referrerOf, archivedAt }: NonNullable<NonNullable<Asked['asked']>['image']>,
  runnable: NonNullable<Asked['asked']>['runnable'],
  reference: Asked['reference'],
): readonly Reason[] {
  const place = pullable(reference, digest);
  if (referrerOf !== null) {
    const message = `It is a signature or another attachment of ${referrerOf}, and no image that runs.`;
    return [
      about({ code: 'no-image', level: 'block', message, place, mend: 'Deploy the image that it is attached to.' }),
    ];
  }
  if (status !== 'ACTIVE') return [notActive(status, place, archivedAt)];
  const gone = runnable.filter((one) => one.status !== 'ACTIVE');
  if (kind === 'index' && runnable.length === 0) {
    const message = 'The index lists no image that can run, or it could not be read.';
    return [about({ code: 'incomplete-index', level: 'unknown', message, place, mend: 'Push an index of images.' })];
  }
  return gone.map((one) => {
    const own = pullable(reference, one.digest);
    if (one.status !== null && one.status !== 'ACTIVE') return notActive(one.status, own, null);
    const message = 'The index lists an image that is not in the repository.';
    return about({
      code: 'incomplete-index',
      level: 'block',
      message,
      place: own,
      mend: 'Push the index with its images.',
    });
  });
}

function notActive(status: 'ARCHIVED' | 'ACTIVATING', place: string, archivedAt: string | null): Reason {
  if (status === 'ACTIVATING') {
    const message = 'The image is being restored from the archive, and cannot be pulled yet.';
    const mend = 'Ask again when it is ACTIVE: up to 20 minutes.';
    return about({ code: 'activating', level: 'unknown', message, place, mend, mayPass: true });
  }
  return about({
    code: 'archived',
    level: 'block',
    message: `The image is archived${archivedAt === null ? '' : ` since ${archivedAt}`}: it cannot be pulled, and has no scan.`,
    place,
    mend: 'Deploy another version; if Firebreak archived it, firebreak incidents list says why, and firebreak undo restores it.',
  });
}
