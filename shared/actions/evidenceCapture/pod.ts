import type { ActContext } from '../contract.ts';
import { asking, type PodTarget, pluralOf, type ReadPod } from '../targets/podTarget.ts';
import { type Collection, collect, json, pieceMs, storeFindings } from './collection.ts';
import { type Redaction, redactionOf } from './redaction.ts';

/** Of each container, as of those of a task. */
const mostLines = 1000;
const mostCharacters = 256 * 1024;

/** A pod as its API names it. */
export interface NamedPod {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
}

/** The pod that a finding names; null where it names another kind of workload, or none. */
export function podNamed({ cluster, namespace, workload }: PodTarget): NamedPod | null {
  const [type = '', name = ''] = workload?.split('/') ?? [];
  return namespace === null || name === '' || pluralOf(type) !== 'pods' ? null : { cluster, namespace, name };
}

/** @throws TargetGone where it is not there; Throttled, ActionFailed */
export const readPod = ({ cluster, namespace, name }: NamedPod, context: Pick<ActContext, 'aws'>): Promise<ReadPod> =>
  asking(`Reading pod ${name}`, context, cluster, ({ core }) => core.readNamespacedPod({ namespace, name }));

/**
 * Stores what goes with a pod: its description, and the last lines of its containers; then the findings. No value of an environment is stored.
 * @param wasGone whether it was gone when the plan was made, which says so: nothing more of it is expected
 */
export const capturePod = (target: PodTarget, wasGone: boolean, context: ActContext): Promise<string> =>
  collect(target, `pod ${target.id}`, context, async (collection) => {
    const named = podNamed(target);
    if (named === null) {
      await collection.piece('the pod', async ({ remark }) => remark('the finding names no pod of its own'));
    } else if (wasGone) {
      await collection.piece('the pod', async ({ remark }) =>
        remark('the pod was gone before evidence could be taken'),
      );
    } else {
      await capture(collection, named, context);
    }
    await storeFindings(collection, context);
  });

async function capture(collection: Collection, named: NamedPod, context: ActContext): Promise<void> {
  let pod: ReadPod | undefined;
  await collection.piece(
    'the pod',
    async ({ store }) => {
      const read = await readPod(named, context);
      pod = read;
      await store('pod.json', json(redactionOf([read]).document(read)));
    },
    pieceMs,
  );
  if (pod === undefined) {
    // Which values to withhold in its lines, only the pod says.
    return collection.piece('the log lines', async ({ lacks }) =>
      lacks('the log lines', 'only the pod says which containers it has'),
    );
  }
  const { initContainers = [], containers = [] } = pod.spec ?? {};
  const redaction = redactionOf([pod]);
  // All at once: each is a log of its own.
  await Promise.all(
    [...initContainers, ...containers].map(({ name }) => storeLines(collection, named, name, { redaction, context })),
  );
}

/** Whole lines, the newest, as many as are stored. */
function newestOf(text: string): string {
  if (text.length <= mostCharacters) return text;
  const cut = text.slice(-mostCharacters);
  return cut.slice(cut.indexOf('\n') + 1);
}

/** The last lines of one container since it was started last, the oldest first, each with its time. */
const storeLines = (
  { piece }: Collection,
  { cluster, namespace, name }: NamedPod,
  container: string,
  { redaction, context }: { readonly redaction: Redaction; readonly context: ActContext },
): Promise<void> =>
  piece(
    `the log lines of ${container}`,
    async ({ store, remark }) => {
      const lines = await asking(`Reading the log of ${container}`, context, cluster, ({ core }) =>
        core.readNamespacedPodLog({
          ...{ namespace, name, container },
          // Not limitBytes: that cuts off the newest.
          ...{ tailLines: mostLines, timestamps: true },
        }),
      );
      // First the values: what is cut through is not known again.
      const whole = redaction.text(lines ?? '');
      const kept = newestOf(whole);
      if (kept.length < whole.length)
        remark(`older lines of ${container} are left out: it has written more than is stored`);
      await store(`logs/${container}.txt`, kept, 'text/plain');
    },
    pieceMs,
  );
