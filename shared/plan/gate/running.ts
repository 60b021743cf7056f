import type { RefusedImage } from '../../finding/finding.ts';
import { ageCheck } from './age.ts';
import { imageCheck } from './image.ts';
import { regionCheck } from './region.ts';
import { registryCheck } from './registry.ts';
import { scanCheck } from './scan.ts';
import { signatureCheck } from './signature.ts';
import type { Asked, Looked, Reason } from './verdict.ts';

/** Why an image that runs is refused: what the settings want of images, and no more. */
export type Refusal = Exclude<RefusedImage['reason'], 'many'>;

export interface Refused {
  readonly refusal: Refusal;
  /** One sentence each; they may hold what others wrote. */
  readonly message: string;
  readonly mend: string;
}

/** What the settings say of an image that runs. */
export interface RunningVerdict {
  readonly refused: readonly Refused[];
  /** What could not be told: such a refusal is neither raised nor taken back. */
  readonly unknown: readonly Refusal[];
  /** Why not, one sentence for each reason. */
  readonly why: readonly string[];
}

/** Which check says which refusal. */
const looks: readonly (readonly [Refusal, look: (asked: Asked) => Looked])[] = [
  ['unapproved-registry', registryCheck],
  ['across-regions', regionCheck],
  ['too-old', ageCheck],
  ['unsigned', signatureCheck],
  ['revoked', revocationCheck],
  ['unscanned', scanCheck],
];

/** Where nobody asks for it, nothing is known of it, and nothing left to be told. */
function revocationCheck(asked: Asked): Looked {
  if (asked.set.settings.images?.signed?.revocation !== undefined) return signatureCheck(asked);
  return { check: 'signature', said: '', reasons: [], skipped: true };
}

/** A scan and a signature may come a while after the push: what was pushed so lately is not refused for what it has not yet. */
const justMs = 3_600_000;

/**
 * What `firebreak gate` would say by the settings of an image that runs. What the rules say of its scan comes by the scan's own events; of what
 * is archived nothing is said, because it was dealt with, by us perhaps. `observeOnly` has nothing changed, and does not make what is
 * refused any better. Pure.
 */
export function runningVerdict(given: Omit<Asked, 'actions'>): RunningVerdict {
  const settings = { ...given.set.settings, observeOnly: false };
  const asked: Asked = { ...given, actions: [], set: { ...given.set, settings } };
  const image = asked.asked?.image ?? null;
  const isAway = image !== null && image.status !== 'ACTIVE';
  const isNew = asked.now.getTime() - Date.parse(image?.pushedAt ?? '') < justMs;
  const counts = ({ level, mayPass }: Reason): boolean => level === 'block' && !isAway && !(mayPass && isNew);
  const refused: Refused[] = [];
  const unknown: Refusal[] = [];
  const why: string[] = imageCheck(asked).reasons.flatMap(unknownIn);
  for (const [refusal, look] of looks) {
    const { reasons } = look(asked);
    const found = reasons.find((one) => one.code === refusal && counts(one));
    if (found !== undefined) refused.push({ refusal, message: found.message, mend: found.mend });
    else if (reasons.some((one) => isUnclear(one, counts)) || (refusal === 'unscanned' && isScanUnread(asked))) {
      unknown.push(refusal);
      why.push(...reasons.flatMap(unknownIn));
    }
  }
  return { refused, unknown, why: unknown.length === 0 ? [] : [...new Set(why)] };
}

/**
 * Of an image whose name is in no form that is known, so that nobody can say where it comes from: where the settings approve of registries, it is
 * from none of them; all else about it is not known. Pure.
 */
export function unreadVerdict({ settings }: Asked['set']): RunningVerdict {
  const form = 'Its name is in no form that is known, so that nobody can say from which registry it comes';
  const refused: Refused = {
    refusal: 'unapproved-registry',
    message: `${form}: settings.images.registries approves of no such name.`,
    mend: 'Deploy it by a name with its registry, and with its digest or tag.',
  };
  return {
    refused: settings.images?.registries === undefined ? [] : [refused],
    unknown: looks.map(([refusal]) => refusal).filter((refusal) => refusal !== refused.refusal),
    why: [`${form}.`],
  };
}

/** Another refusal of the same check is clear: what was revoked is signed. */
const isUnclear = (one: Reason, counts: (one: Reason) => boolean): boolean =>
  one.level !== 'warn' && !(counts(one) && looks.some(([refusal]) => refusal === one.code));

/** The gate says of a scan that was not read why the image was not read, and nothing of the scan. */
function isScanUnread({ asked, set: { settings } }: Asked): boolean {
  const runnable = asked?.runnable ?? [];
  const isRead = runnable.length > 0 && runnable.every(({ scan }) => scan !== null);
  return settings.images?.unscanned !== 'allow' && !isRead;
}

const unknownIn = ({ level, message }: Reason): readonly string[] => (level === 'unknown' ? [message] : []);
