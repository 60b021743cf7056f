import type { Signatures } from '../../account/signatures.ts';
import type { SignedPolicy } from '../../rules/rule.ts';
import { byPolicy, pullable, readLater, reason } from './reason.ts';
import { unrevoked } from './unrevoked.ts';
import type { Asked, Looked, Reason } from './verdict.ts';

/** Who signed the image. Of an image that could not be read nothing is said here: that is said once. */
export function signatureCheck(given: Asked): Looked {
  const {
    reference,
    asked,
    set: { settings },
  } = given;
  const { signed } = settings.images ?? {};
  const check = 'signature';
  if (signed === undefined) return { check, said: 'the settings want no signature', reasons: [], skipped: true };
  const place = pullable(reference, asked?.image?.digest);
  const signatures = asked?.signatures ?? null;
  if (signatures === null) {
    const message = 'Whether the image is signed could not be read, and the settings want it (images.signed).';
    const mend = 'See what else is said of the image.';
    const unread = reason({
      ...{ check, code: 'not-read', level: 'unknown', message, place, mend, mayPass: readLater(given) },
    });
    return { check, said: message, reasons: [unread] };
  }
  const said = signedBy(signatures, signed);
  if (said !== null && signed.revocation !== undefined)
    return unrevoked(given, signatures.checked ?? [], signed, place);
  if (said !== null) return { check, said, reasons: [] };
  return { check, said: 'it is not signed', reasons: [notSigned(signatures, signed, place, byPolicy(settings))] };
}

/** Whether ECR has signed it, by a profile that is wanted. */
const isComplete =
  ({ profiles }: Pick<SignedPolicy, 'profiles'>) =>
  ({ profile, status }: Signatures['managed'][number]): boolean =>
    status === 'COMPLETE' && (profiles?.includes(profile) ?? true);

/** Who signed it as the settings want it; null: nobody. */
function signedBy({ managed, attached }: Signatures, signed: SignedPolicy): string | null {
  const complete = managed.find(isComplete(signed));
  if (complete !== undefined) return `ECR signed it by ${complete.profile}`;
  const [first] = signed.by === 'attached' ? (attached ?? []) : [];
  return first === undefined ? null : `${first.digest} hangs on it (${first.type}), verified by nobody`;
}

function notSigned(
  { managed }: Signatures,
  { by, profiles }: SignedPolicy,
  place: string,
  level: Reason['level'],
): Reason {
  const wanted = managed.filter(({ profile }) => profiles?.includes(profile) ?? true);
  if (wanted.some(({ status }) => status === 'IN_PROGRESS')) {
    const message = 'ECR is signing the image.';
    const mend = 'Ask again in a minute, or with --wait 10m.';
    return reason({ check: 'signature', code: 'signing', level: 'unknown', message, place, mend, mayPass: true });
  }
  const failed = wanted.find(({ status }) => status === 'FAILED');
  const others = managed.length - wanted.length;
  const why =
    failed !== undefined
      ? `ECR could not sign it by ${failed.profile} (${failed.failure ?? 'without a code'})`
      : others > 0
        ? `ECR tells of ${others === 1 ? 'a signing profile' : `${others} signing profiles`} that the settings do not name`
        : 'ECR tells of no signature';
  return reason({
    check: 'signature',
    code: 'unsigned',
    level,
    message: `The image is not signed as the settings want it (images.signed: ${by}): ${why}.`,
    place,
    mend:
      by === 'managed'
        ? 'Turn managed signing on for its repository (aws ecr put-signing-configuration) and push the image again.'
        : 'Sign the image (notation or cosign, or managed signing of ECR) and push the signature.',
    // ECR says nothing yet of an image that was pushed this moment.
    mayPass: managed.length === 0,
  });
}
