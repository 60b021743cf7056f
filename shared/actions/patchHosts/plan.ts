import type { Planned, UndoPromise } from '../contract.ts';
import { isPatched, patchesText } from './reads.ts';
import type { Chosen, HostTarget, Observed, Params } from './types.ts';

const stays = 'A patch that is installed is not taken out again.';

export const reversal: UndoPromise = {
  possible: true,
  sentence: `Undo lets the host take tasks again, if it still drains. ${stays}`,
};

export const patchReversal: UndoPromise = { possible: false, why: stays };

/** What stands once the host takes tasks again. */
export const closes = `The host takes tasks again, as before. ${stays}`;

/** Of a host that drained before, and of one of no cluster. */
const nothingOfUs: UndoPromise = { possible: false, why: `Nothing but its patches was changed. ${stays}` };

/** AWS patches these by replacing them; Bottlerocket has no packages to install. */
function notForUs(id: string, { operator, platform }: Observed): string | null {
  if (operator !== null) return `${id} is managed by ${operator}, which replaces it by one of a newer image`;
  const isBottlerocket = /bottlerocket/i.test(platform ?? '');
  return isBottlerocket ? `${id} runs Bottlerocket, which is updated as a whole and not by AWS-RunPatchBaseline` : null;
}

/** Why nobody can patch it from here. */
function unreachable(id: string, { ping, status, connected, ambiguous, failedLately }: Observed): string | null {
  if (ping === null) {
    return `${id} is not managed by Systems Manager (no agent, or no role for it), so it cannot be patched from here`;
  }
  if (ping !== 'Online') return `${id} does not answer Systems Manager (${ping}), so it cannot be patched from here`;
  if (ambiguous !== null) return ambiguous;
  if (status !== null && status !== 'ACTIVE' && status !== 'DRAINING') return `${id} is ${status} in its cluster`;
  if (connected === false) {
    return `the agent of ECS on ${id} is not connected, so that ECS can neither stop its tasks nor tell when they have ended`;
  }
  return failedLately === null
    ? null
    : `${id}: ${failedLately}. It is not drained and patched again within six hours: look at what the command wrote`;
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function firstSentence(id: string, { cluster, status, tasks }: Observed): string {
  if (cluster === null)
    return `Leave ${id} where it is: it is a host of no ECS cluster, and no task has to move. What runs on it ends with a reboot.`;
  if (status === 'DRAINING') return `Wait until host ${id} of cluster ${cluster} is empty: somebody drains it already.`;
  return `Drain host ${id} of cluster ${cluster}: its services start their part of ${plural(tasks, 'task')} elsewhere.`;
}

/** Pure: what to do about one host. */
export function planHost({ id }: HostTarget, { reboot }: Params, observed: Observed): Planned {
  const { cluster, container, status, patches, recent, group, seen } = observed;
  const skipped = notForUs(id, observed);
  if (skipped !== null) return { kind: 'skip', reason: skipped };
  if (patches !== null && recent && isPatched(patches)) {
    return { kind: 'skip', reason: `${id}: ${patchesText(patches)}: nothing is left to install` };
  }
  const reason = unreachable(id, observed);
  if (reason !== null) return { kind: 'hold', reason, seen };
  const drains = status === 'ACTIVE';
  const chosen: Chosen = { cluster, container, drains, after: patches?.endedAt ?? null };
  const reboots = reboot === 'never' ? 'without a reboot' : 'with a reboot if it needs one';
  return {
    kind: 'step',
    sentence: firstSentence(id, observed),
    afterwards: {
      patch: `Install what the patch baseline of ${id} lacks, ${reboots}, and read the patch states back.`,
      ...(drains ? { activate: `Let host ${id} take tasks again once its agent is connected.` } : {}),
    },
    undo: drains ? reversal : nothingOfUs,
    chosen,
    ...(drains ? { emptiesItself: true as const } : {}),
    ...(group === null
      ? {}
      : {
          remains: `${id} is of Auto Scaling group ${group}: its image is still old, and a new instance starts without the patches. Build a new image, and refresh the instances.`,
        }),
  };
}
