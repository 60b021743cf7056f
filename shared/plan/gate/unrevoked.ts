import type { CheckedSignature } from '../../account/notation/readNotation.ts';
import type { SignedPolicy } from '../../rules/rule.ts';
import { byPolicy, reason } from './reason.ts';
import type { Asked, Looked } from './verdict.ts';

type Told = Extract<CheckedSignature, { readonly state: 'verified' | 'revoked' }>;
type Untold = Exclude<CheckedSignature, Told>;

const isTold = (one: CheckedSignature): one is Told => one.state === 'verified' || one.state === 'revoked';

/**
 * Of an image that ECR says it signed: whether a signature of it holds that nobody revoked (settings `images.signed.revocation`). One that was revoked refuses
 * the image whatever else hangs on it, but where the settings name the roots that signatures lead to, and it was signed again later, by another job: without
 * such a root whoever can push can make the later one.
 */
export function unrevoked(
  { now, set: { settings } }: Asked,
  checked: readonly CheckedSignature[],
  { roots }: SignedPolicy,
  place: string,
): Looked {
  const check = 'signature';
  const told = checked.filter(isTold);
  const revoked = told.filter(({ state }) => state === 'revoked');
  const good = told.filter((one) => one.state === 'verified' && !isOver(one, now));
  const holding = good.filter(
    (one) => revoked.length === 0 || (roots !== undefined && revoked.every((gone) => isAfter(one, gone))),
  );
  const [first] = revoked;
  if (first !== undefined && holding.length === 0) {
    const message = `The image's signature was revoked: AWS Signer says it of ${whatOf(first)} (signed ${first.signedAt}).`;
    const mend =
      'Deploy an image that was built and signed since, or find out why it was revoked (aws signer get-revocation-status).';
    return {
      check,
      said: message,
      reasons: [reason({ check, code: 'revoked', level: byPolicy(settings), message, place, mend })],
    };
  }
  const untold = checked.filter((one): one is Untold => !isTold(one));
  const unread = untold.filter(({ state }) => state === 'not-read');
  const [holds] = holding;
  if (holds !== undefined && unread.length === 0)
    return { check, said: `ECR signed it by ${holds.profile}, and AWS Signer says it was not revoked`, reasons: [] };
  const message = `ECR says that it signed the image, and whether that holds cannot be told: ${whyNot(told, untold, unread)}.`;
  const mayPass = unread.length > 0 && unread.every((one) => one.mayPass);
  const code = unread.length > 0 ? 'not-read' : 'unverified';
  const mend =
    unread.length > 0
      ? 'See that whoever asks may read the signature and ask AWS Signer (docs/gate.md, "Permissions").'
      : 'Push the image again where managed signing of ECR signs it.';
  return { check, said: message, reasons: [reason({ check, code, level: 'unknown', message, place, mend, mayPass })] };
}

const isOver = ({ expiresAt }: Told, now: Date): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now.getTime();

const isAfter = (one: Told, other: Told): boolean =>
  one.job !== other.job && Date.parse(one.signedAt) > Date.parse(other.signedAt);

/** ARNs as they are; a certificate has no name here. */
function whatOf({ revoked }: Told): string {
  const arns = revoked.filter((one) => one.startsWith('arn:'));
  return [...arns, ...(arns.length < revoked.length ? ['a certificate of it'] : [])].join(' and ');
}

function whyNot(told: readonly Told[], untold: readonly Untold[], unread: readonly Untold[]): string {
  const [one] = unread.length > 0 ? unread : untold;
  if (one !== undefined) return `of ${one.digest}, ${one.why}`;
  return told.length > 0 ? 'its signature has expired' : 'no signature of Notation hangs on it';
}
