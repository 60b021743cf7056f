import type { Command } from '@aws-sdk/client-ssm';
import { type Reads, readsWith } from '../../account/reads.ts';
import type { ReadContext, Verified } from '../contract.ts';
import { readHost, tasksOn } from '../targets/containerInstance.ts';
import { readInstance } from '../targets/instanceTarget.ts';
import { commandText, isGoingOn, readOwnCommands } from '../targets/patchCommands.ts';
import { ofCluster } from './changes.ts';
import { commentFor, isPatched, patchesText, readPatches } from './reads.ts';
import { type Chosen, chosenShape, type HostTarget, type Params, type Patches } from './types.ts';

const said = (state: Verified['state'], seen: string): Verified => ({ state, seen, absence: false });

/** What an Install has reported since the plan was made; null when there was none. */
const reportedSince = (patches: Patches | null, { after }: Chosen): Patches | null =>
  patches?.operation === 'Install' && patches.endedAt > (after ?? '') ? patches : null;

/** Whether the host is patched as the plan wanted it, by whomever: then nothing of it is done again. */
async function patchedSince(read: Reads, id: string, chosen: Chosen): Promise<string | null> {
  const patches = reportedSince(await readPatches(read, id), chosen);
  return patches !== null && isPatched(patches) ? patchesText(patches) : null;
}

/** The host is empty. What stays when its time is over will not go by itself. */
export async function verifyDrained(
  { id }: HostTarget,
  { drainTimeoutSeconds }: Params,
  { aws, clock, begunAt, chosen: given }: ReadContext,
): Promise<Verified> {
  const read = readsWith(aws);
  const chosen = chosenShape.parse(given);
  await readInstance(read, id);
  const host = ofCluster(chosen);
  if (host === null) return said('holds', `${id} is a host of no cluster.`);
  const instance = await readHost(read, host.cluster, host.container);
  if (instance === undefined) return said('broken', `${id} is not in cluster ${host.cluster} any more.`);
  const left = tasksOn(instance);
  if (instance.status !== 'DRAINING') {
    const patched = await patchedSince(read, id, chosen);
    if (patched !== null) return said('holds', `${id} is ${instance.status}, and patched since; ${patched}.`);
    return said('broken', `${id} is ${instance.status} in cluster ${host.cluster}, with ${left} tasks.`);
  }
  // Two reads must agree that nothing is left, as with every absence.
  if (left === 0)
    return { ...said('holds', `${id} drains in cluster ${host.cluster}, and no task is left there.`), absence: true };
  const waited = begunAt === undefined ? 0 : clock.now().getTime() - Date.parse(begunAt);
  if (waited < drainTimeoutSeconds * 1000) return said('pending', `${id} drains, and ${left} tasks are left.`);
  return said(
    'broken',
    `${id} is not empty after ${drainTimeoutSeconds} s: ${left} tasks are left. Tasks of no service stay, and so do those of services that may not have fewer and find no other place.`,
  );
}

const isBack = async (read: Reads, chosen: Chosen): Promise<boolean> => {
  const host = ofCluster(chosen);
  return host === null || (await readHost(read, host.cluster, host.container))?.agentConnected !== false;
};

/** What the command and the patch states say together: that a command succeeded says nothing of a reboot that is due. */
function judged(command: Command | undefined, patches: Patches | null): Verified {
  const reported = patches === null ? '' : `; ${patchesText(patches)}`;
  if (command === undefined) {
    return patches !== null && isPatched(patches)
      ? said('holds', `Somebody has patched it${reported}.`)
      : said('broken', `No command of ours is known${reported}.`);
  }
  const text = commandText(command);
  if (isGoingOn(command)) return said('pending', `The ${text}.`);
  if (command.Status !== 'Success') return said('broken', `Not patched: ${text}${reported}.`);
  if (patches === null) return said('pending', `The ${text}, and its patch states are not reported yet.`);
  if (isPatched(patches)) return said('holds', `The ${text}${reported}.`);
  const why =
    patches.missing + patches.failed > 0 ? 'Not patched' : 'A reboot is pending, and what was installed is not in use';
  return said('broken', `${why}: ${text}${reported}.`);
}

/** The command has ended well, the host is up again, and nothing is missing, failed or waiting for a reboot. */
export async function verifyPatched(target: HostTarget, { aws, clock, chosen: given }: ReadContext): Promise<Verified> {
  const read = readsWith(aws);
  const chosen = chosenShape.parse(given);
  const { id } = target;
  await readInstance(read, id);
  const comment = commentFor(target, chosen.after);
  const command = (await readOwnCommands(read, id, clock.now())).find(({ Comment }) => Comment === comment);
  if (command !== undefined && isGoingOn(command)) return judged(command, null);
  if (!(await isBack(read, chosen))) return said('pending', `${id} is not back: the agent of ECS is not connected.`);
  const patches = reportedSince(await readPatches(read, id), chosen);
  const sentAt = command?.RequestedDateTime?.toISOString() ?? '';
  // A report from before the command is of somebody else's.
  return judged(command, patches !== null && patches.endedAt >= sentAt ? patches : null);
}

/** The host takes tasks, and its agent is there to start them. */
export async function verifyActive({ id }: HostTarget, { aws, chosen: given }: ReadContext): Promise<Verified> {
  const read = readsWith(aws);
  await readInstance(read, id);
  const host = ofCluster(chosenShape.parse(given));
  if (host === null) return said('holds', `${id} is a host of no cluster.`);
  const instance = await readHost(read, host.cluster, host.container);
  if (instance === undefined) return said('broken', `${id} is not in cluster ${host.cluster} any more.`);
  const { status = 'unknown', agentConnected } = instance;
  if (status !== 'ACTIVE') return said('broken', `${id} is ${status} in cluster ${host.cluster}.`);
  return agentConnected === true
    ? said('holds', `${id} is ACTIVE in cluster ${host.cluster}, and its agent is connected.`)
    : said('pending', `${id} is ACTIVE in cluster ${host.cluster}, and its agent is not connected.`);
}
