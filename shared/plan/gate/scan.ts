import type { RunnableImage } from '../../account/askedImage.ts';
import { byPolicy, pullable, reason } from './reason.ts';
import type { Asked, Looked, Reason } from './verdict.ts';

/** Scans that are over, and whose findings the rules are asked about. ACTIVE is Inspector's continuous scanning. */
export const over: ReadonlySet<string> = new Set(['COMPLETE', 'ACTIVE']);
const running: ReadonlySet<string> = new Set(['PENDING', 'IN_PROGRESS']);
/** What ECR will not scan, however often it is asked: as if nobody had. */
const never: ReadonlySet<string> = new Set(['none', 'UNSUPPORTED_IMAGE', 'SCAN_ELIGIBILITY_EXPIRED']);

/** Whether what can run has been scanned. Where nothing was read that is said once, about the image. */
export function scanCheck(asked: Asked): Looked {
  const runnable = asked.asked?.runnable ?? [];
  const reasons = runnable.flatMap((one) => reasonsOf(asked, one));
  const scanned = runnable.filter(({ scan }) => scan !== null).length;
  const said =
    scanned === 0 ? 'there is no scan to look at' : `${scanned === 1 ? 'one image' : `${scanned} images`} looked at`;
  return { check: 'scan', said, reasons, skipped: scanned === 0 };
}

function reasonsOf({ reference, set: { settings } }: Asked, { digest, scan }: RunnableImage): readonly Reason[] {
  if (scan === null) return [];
  const place = pullable(reference, digest);
  const about = { check: 'scan', place } as const;
  const { status, counts, enhanced } = scan;
  if (over.has(status)) {
    if (counts !== null) return [];
    const message = `The scan is ${status} and says not how many it found${enhanced === null ? '' : ', while findings are listed'}.`;
    const mend = 'Have the image scanned again, and ask again.';
    return [reason({ ...about, code: 'scan-failed', level: 'unknown', message, mend })];
  }
  if (running.has(status)) {
    const message = `The scan has not ended (${status}).`;
    const mend = 'Ask again when it has, or with --wait 10m.';
    return [reason({ ...about, code: 'scanning', level: 'unknown', message, mend, mayPass: true })];
  }
  if (never.has(status)) {
    const allowed = settings.images?.unscanned === 'allow';
    const what = status === 'none' ? 'ECR has no scan of the image' : `ECR does not scan the image (${status})`;
    return [
      reason({
        ...about,
        code: 'unscanned',
        level: allowed ? 'warn' : byPolicy(settings),
        message: `${what}: what is in it nobody knows.`,
        mend: allowed ? '' : mendUnscanned(reference.ecr?.repository ?? '', digest, status),
        mayPass: status === 'none',
      }),
    ];
  }
  const message = `The scan did not come to an end (${status}).`;
  const mend = 'Have the image scanned again, and ask again; basic scanning takes an image once in 24 hours.';
  return [reason({ ...about, code: 'scan-failed', level: 'unknown', message, mend })];
}

function mendUnscanned(repository: string, digest: string, status: string): string {
  if (status !== 'none')
    return 'Build it on a base image that is scanned, or let such images pass in the settings (images.unscanned: allow).';
  return `Scan it: aws ecr start-image-scan --repository-name ${repository} --image-id imageDigest=${digest}; have all scanned that are pushed: docs/gate.md.`;
}
