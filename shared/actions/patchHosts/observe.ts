import type { Command } from '@aws-sdk/client-ssm';
import { ownershipFrom, ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { ReadContext } from '../contract.ts';
import { tasksOn } from '../targets/containerInstance.ts';
import { readRegistered } from '../targets/hostRegistrations.ts';
import { operatorOf, readInstance, readNode, scalingGroupOf } from '../targets/instanceTarget.ts';
import { commandText, isGoingOn, readOwnCommands } from '../targets/patchCommands.ts';
import { patchesText, readPatches } from './reads.ts';
import { chosenShape, type HostTarget, type Observed, type Patches } from './types.ts';

const hour = 3_600_000;
/** So old a report may be that says that nothing is missing. */
const recentMs = 24 * hour;
/** A host whose patch failed is not drained and patched again for every finding that follows. */
const lately = 6 * hour;

/** Reads of EC2, Systems Manager and ECS what there is to know of a host. Throws TargetGone. */
export async function observeHost(target: HostTarget, { aws, clock, chosen }: ReadContext): Promise<Observed> {
  const read = readsWith(aws);
  const { id } = target;
  const now = clock.now();
  const instance = await readInstance(read, id);
  const node = await readNode(read, id);
  const its = chosenShape.safeParse(chosen).data?.container;
  const { host, registrations, ambiguous } = await readRegistered(read, id, its);
  const patches = node === undefined ? null : await readPatches(read, id);
  const commands = node === undefined ? [] : await readOwnCommands(read, id, now);
  const tags = instance.Tags ?? [];
  const own = ownershipFrom(tags);
  const said: Omit<Observed, 'seen'> = {
    status: host?.instance.status ?? null,
    cluster: host?.cluster ?? null,
    container: host?.instance.containerInstanceArn ?? null,
    ping: node?.PingStatus ?? null,
    platform: node === undefined ? null : [node.PlatformType, node.PlatformName].filter(Boolean).join(', '),
    operator: operatorOf(instance),
    protectedBy: own.protectedBy,
    registrations,
    ambiguous,
    connected: host?.instance.agentConnected ?? null,
    tasks: host === undefined ? 0 : tasksOn(host.instance),
    patches,
    recent: patches !== null && now.getTime() - Date.parse(patches.endedAt) < recentMs,
    failedLately: failedLately(commands, now),
    group: scalingGroupOf(instance),
    owner: ownerText(own),
  };
  return { ...said, seen: seenLines(id, said) };
}

function failedLately([last]: readonly Command[], now: Date): string | null {
  if (last === undefined || isGoingOn(last) || last.Status === 'Success') return null;
  const at = last.RequestedDateTime ?? now;
  return now.getTime() - at.getTime() < lately ? `${commandText(last)}, sent ${at.toISOString()}` : null;
}

const patchesSaid = (patches: Patches | null): string =>
  patches === null ? 'no patch operation was reported' : patchesText(patches);

function seenLines(
  id: string,
  { ping, platform, cluster, status, connected, tasks, patches, group }: Omit<Observed, 'seen'>,
): readonly string[] {
  const node = ping === null ? 'not managed by Systems Manager' : `${platform}, Systems Manager ${ping}`;
  return [
    `${id}: ${node}, ${patchesSaid(patches)}`,
    cluster === null
      ? `${id}: host of no cluster`
      : `${id}: host of cluster ${cluster}, ${status}, agent ${connected === true ? '' : 'not '}connected, ${tasks} tasks`,
    ...(group === null ? [] : [`${id}: of Auto Scaling group ${group}`]),
  ];
}
