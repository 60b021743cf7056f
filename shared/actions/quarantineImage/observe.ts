import * as z from 'zod';
import { namedFailure } from '../../account/awsFailure.ts';
import { type ImageGraph, readImageGraph } from '../../account/imageGraph.ts';
import { inUse } from '../../account/inUse.ts';
import { type Ownership, ownerText, readOwnership } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { ImageStatus } from '../../account/repositoryImages.ts';
import { Throttled } from '../../platform/errors.ts';
import type { Accusation, Cause } from '../accusation.ts';
import type { ReadContext } from '../contract.ts';
import { type ImageTarget, imageName, repositoryArn, repositoryOf } from '../targets/imageTarget.ts';

/** What `ecr.quarantine-image` reads of its target. */
export type Observed = {
  /** Of the threat that led here; null for a vulnerability, which accuses the image itself. */
  readonly cause: Cause | null;
  /** Everything to archive, in the order to do it: indexes before what they list. */
  readonly digests: readonly string[];
  readonly inUse: 'yes' | 'no' | 'unknown';
  /** Indexes that nobody accused, and that share an image with what would be archived. */
  readonly sharedWith: readonly string[];
  /** Set when the target is a signature, SBOM or the like of that image. */
  readonly referrerOf: string | null;
  /** By digest; what is not in the repository any more is left out. */
  readonly status: { readonly [digest: string]: ImageStatus };
  readonly tags: { readonly [digest: string]: readonly string[] };
  /** What ECR says of each: `null` where it says nothing. ISO. */
  readonly history: {
    readonly [digest: string]: {
      readonly pushedAt: string | null;
      readonly archivedAt: string | null;
      readonly activatedAt: string | null;
    };
  };
  /** What each index lists: ECR does not hand that out once it is archived. */
  readonly contents: { readonly [index: string]: readonly string[] };
  readonly because: string;
  readonly seen: readonly string[];
  readonly lastPull: string | null;
  /** Whose the repository is and how that is known, e.g. `payments (tag team)`. */
  readonly owner: string;
  /** Why the repository counts as protected, e.g. `tag firebreak:protected`; null when it does not. Whoever plans holds for it. */
  readonly protectedBy: string | null;
};

// The before-state is one item in the table; a graph of thousands of tasks is told by its first lines.
const mostLines = 20;

const beforeShape = z.object({
  digests: z.array(z.string()),
  contents: z.record(z.string(), z.array(z.string())),
});

/** A target whose event named no digest: nothing was read, and `planQuarantine` holds it. */
const nothingKnown: Observed = {
  cause: null,
  digests: [],
  inUse: 'unknown',
  sharedWith: [],
  referrerOf: null,
  status: {},
  tags: {},
  history: {},
  contents: {},
  because: 'the finding names no digest',
  seen: [],
  lastPull: null,
  owner: 'unknown (nothing was read)',
  protectedBy: null,
};

/**
 * Reads the image graph and the repository's tags. Of a set whose containment stands, what is left is read, whichever image of it has gone.
 * Throws TargetGone when nothing of it is left, ActionFailed when the repository itself cannot be read, and Throttled when anything could
 * not be read that may be readable a little later.
 */
export async function observeImage(target: ImageTarget, _params: object, context: ReadContext): Promise<Observed> {
  const { digest } = target;
  if (digest === null) return nothingKnown;
  const { contents, digests: changed } = beforeShape.safeParse(context.before).data ?? nothingKnown;
  const read = readsWith(context.aws);
  try {
    const place = { ...repositoryOf(target), digest };
    const graph = await readImageGraph(read, place, contents, changed);
    const ownership = await readOwnership(read, repositoryArn(target));
    const use = inUse(graph, context.settings, context.clock.now(), context.accusation);
    if (use.answer !== 'yes') refuseWhatMayPass(target, graph, ownership, context.atItsTurn === true);
    const more = use.lines.length - mostLines;
    return {
      cause: causeOf(context.accusation, graph),
      digests: graph.images.some((image) => image.digest === digest)
        ? graph.images.map((image) => image.digest)
        : changed,
      inUse: use.answer,
      sharedWith: graph.sharedWith,
      referrerOf: graph.images.find((image) => image.digest === digest)?.referrerOf ?? null,
      status: Object.fromEntries(graph.images.map((image) => [image.digest, image.status])),
      tags: Object.fromEntries(graph.images.map((image) => [image.digest, image.tags])),
      history: Object.fromEntries(
        graph.images.map(({ digest: one, pushedAt, archivedAt, activatedAt }) => [
          one,
          { pushedAt, archivedAt, activatedAt },
        ]),
      ),
      contents: graph.contents,
      because: use.because,
      seen: more > 0 ? [...use.lines.slice(0, mostLines), `and ${more} more lines`] : use.lines,
      lastPull: graph.lastPull,
      owner: ownerText(ownership),
      protectedBy: ownership.protectedBy,
    };
  } catch (error) {
    throw namedFailure(error, `Reading ${imageName(target)}`);
  }
}

/**
 * An image beside the one that is to blame: another finding of the same incident accuses it, and does not say why. Of several that are
 * to blame together, nobody knows which.
 */
function causeOf({ cause, digests, unsure }: Accusation, { images }: ImageGraph): Cause | null {
  const among = (some: readonly string[]): boolean => images.some(({ digest }) => some.includes(digest));
  return cause === 'image' && (!among(digests) || among(unsure)) ? 'unknown' : cause;
}

/**
 * What AWS throttles would hold the image, as unknown or as protected, though asking again is all that it takes. So would a clean task
 * that still pulls when the image has its turn; a plan does not wait for that, because a service that fails to start is never done with it.
 */
function refuseWhatMayPass(
  target: ImageTarget,
  { unread }: ImageGraph,
  { mayPass, foundBy }: Ownership,
  atItsTurn: boolean,
): void {
  const [place] = unread.filter((one) => one.mayPass === true || (atItsTurn && one.pulling === true));
  const what = place === undefined ? foundBy : `${place.place}: ${place.why}`;
  if (place !== undefined || mayPass === true) throw new Throttled(`Reading ${imageName(target)}: ${what}`);
}
