import { readsWith } from '../../account/reads.ts';
import type { ReadContext, Verified } from '../contract.ts';
import { type InstanceTarget, readInstance } from '../targets/instanceTarget.ts';
import { theirsSaid } from './plan.ts';
import {
  type Attached,
  groupsText,
  isClosed,
  isCut,
  isOurs,
  readInterfaces,
  readMembership,
  readOwnGroups,
  rulesOf,
  standsBy,
} from './reads.ts';
import { chosenShape, type Observed } from './types.ts';

const where = ({ id, groups }: Attached): string => `${id} is in ${groups.map((group) => group.id).join(', ')}`;

/** Every interface, the groups that they are in, and the Auto Scaling group. Throws TargetGone. */
export async function verifyIsolated({ id }: InstanceTarget, { aws, chosen }: ReadContext): Promise<Verified> {
  const read = readsWith(aws);
  await readInstance(read, id);
  const attached = await readInterfaces(read, id);
  const mine = attached.filter(({ isTheirs }) => !isTheirs);
  const wrong = [...(await astray(id, mine, aws)), ...(await outOfStandby(id, chosen, aws))];
  const theirs = attached.filter(({ isTheirs, isTrunk }) => isTheirs && !isTrunk).map((one) => one.id);
  if (theirs.length > 0) wrong.push(theirsSaid(id, theirs));
  if (mine.length === 0) wrong.push(`${id} shows no network interface`);
  const seen = wrong.length === 0 ? `${id}: ${mine.map(where).join(', ')}, without rules` : wrong.join('; ');
  return { state: wrong.length === 0 ? 'holds' : 'broken', seen, absence: false };
}

/** What is not as it is meant to be with the interfaces and the groups that they are in. */
async function astray(id: string, mine: readonly Attached[], aws: ReadContext['aws']): Promise<string[]> {
  const groups = await readOwnGroups(readsWith(aws), id);
  return mine.flatMap((one) => {
    const group = groups.find(({ GroupId }) => GroupId === one.groups[0]?.id);
    if (!isClosed(one, id)) return [where(one)];
    if (group === undefined || !isOurs(group, id)) return [`${where(one)}, which is not ours`];
    if (rulesOf(group) > 0) return [`${where(one)}, which has ${rulesOf(group)} rules`];
    return isCut(group) ? [] : [`${where(one)}, and connections that were open may go on`];
  });
}

async function outOfStandby(
  id: string,
  chosen: ReadContext['chosen'],
  aws: ReadContext['aws'],
): Promise<readonly string[]> {
  if (chosenShape.parse(chosen).standsBy === null) return [];
  const membership = await readMembership(readsWith(aws), id);
  return membership === undefined || standsBy(membership)
    ? []
    : [`${id} is ${membership.lifecycle} in Auto Scaling group ${membership.group}, which may terminate it`];
}

/** Whether each interface that is left has the groups that it had, and the host serves again. Throws TargetGone. */
export async function verifyRestored(
  { id }: InstanceTarget,
  before: Observed,
  { aws, chosen }: ReadContext,
): Promise<Verified> {
  const read = readsWith(aws);
  await readInstance(read, id);
  const attached = (await readInterfaces(read, id)).filter((one) => Object.hasOwn(before.groups, one.id));
  const other = attached.filter((one) => groupsText(one, id) !== before.groups[one.id]);
  const { standsBy: group } = chosenShape.parse(chosen);
  const membership = group === null || before.standby !== false ? undefined : await readMembership(read, id);
  const serves = membership === undefined || membership.lifecycle === 'InService';
  const seen = [
    ...attached.map(where),
    ...(membership === undefined ? [] : [`${id} is ${membership.lifecycle} in ${membership.group}`]),
  ].join(', ');
  const partlyGone = attached.length < Object.keys(before.groups).length;
  return { state: other.length === 0 && serves ? 'holds' : 'pending', seen, absence: partlyGone, partlyGone };
}
