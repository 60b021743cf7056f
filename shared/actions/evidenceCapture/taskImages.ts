import type { Container, Task } from '@aws-sdk/client-ecs';
import { type ImageReference, parseImageReference } from '../../account/imageReference.ts';
import { readManifests } from '../../account/manifests.ts';
import type { Accusation } from '../accusation.ts';
import type { Target } from '../contract.ts';
import { stoppedByFirebreak } from '../targets/stopTasks.ts';
import { type Collection, type Piece, pieceMs } from './collection.ts';
import { storeImageManifest } from './image.ts';

interface TaskImages {
  readonly target: Target<'ecs-task'>;
  /** Undefined when it is gone or could not be read. */
  readonly task: Task | undefined;
  readonly accusation: Accusation;
}

interface Ran {
  readonly container: string;
  readonly image: string;
  readonly digest: string | null;
}

/** Stores the manifest of what each accused container ran, as far as it lies in ECR; a digest that two ran once. */
export async function captureTaskImages({ piece }: Collection, about: TaskImages): Promise<void> {
  const stored = new Set<string>();
  for (const ran of accusedContainers(about)) {
    const reference = parseImageReference(ran.image);
    const digest = ran.digest ?? reference?.digest ?? null;
    if (digest !== null && stored.has(digest)) continue;
    if (digest !== null) stored.add(digest);
    await piece(
      `the image of ${ran.container}`,
      (work) =>
        reference === null
          ? Promise.resolve(work.remark(`the image of ${ran.container} (${ran.image}) is of another registry than ECR`))
          : storeImage(work, ran.container, reference, digest, about),
      pieceMs,
    );
  }
}

async function storeImage(
  piece: Piece,
  container: string,
  reference: ImageReference,
  digest: string | null,
  { target, task }: TaskImages,
): Promise<void> {
  const what = `the image of ${container}`;
  if (digest === null) return piece.lacks(what, 'ECS has not said which digest it ran');
  if (reference.region !== target.region) return piece.lacks(what, `it lies in Region ${reference.region}`);
  const { found, failed } = await readManifests(piece.read, reference, [digest]);
  const manifest = found.get(digest);
  if (manifest !== undefined) return storeImageManifest(piece, digest, manifest);
  const why = failed.get(digest) ?? 'ECR did not answer for it';
  // An archived image hands out no manifest: when a contained incident is looked at again, that is no miss.
  if (task !== undefined && stoppedByFirebreak(task)) piece.remark(`${what} is not to be had any more (${why})`);
  else piece.lacks(what, why);
}

/** Those that run an accused digest; all of them where nobody says which. Of a task that is gone, what its finding says. */
function accusedContainers({ target, task, accusation }: TaskImages): readonly Ran[] {
  const { digests } = accusation;
  const [only = null] = digests;
  const all: readonly Ran[] =
    task === undefined
      ? target.containers.map(({ name, image }) => ({
          container: name,
          image,
          digest: target.containers.length === 1 && digests.length === 1 ? only : null,
        }))
      : (task.containers ?? []).map(ranBy);
  const accused = all.filter(({ digest }) => digest !== null && digests.includes(digest));
  return accused.length > 0 ? accused : all;
}

const ranBy = ({ name = '', image = '', imageDigest }: Container): Ran => ({
  container: name,
  image,
  digest: imageDigest ?? null,
});
