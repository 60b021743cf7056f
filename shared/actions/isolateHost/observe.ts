import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { ownershipFrom, ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { ReadContext } from '../contract.ts';
import { type InstanceTarget, operatorOf, readInstance } from '../targets/instanceTarget.ts';
import {
  type Attached,
  groupsText,
  isClosed,
  isCut,
  isOurs,
  readInterfaces,
  readMembership,
  readOwnGroups,
  standsBy,
} from './reads.ts';
import type { ByInterface, Observed } from './types.ts';

const by = <T>(some: readonly Attached[], of: (one: Attached) => T): ByInterface<T> =>
  Object.fromEntries(some.map((one) => [one.id, of(one)]));

/** Reads of EC2 and Auto Scaling what there is to know of the network of a host. Throws TargetGone. */
export async function observeHost({ id }: InstanceTarget, { aws, before }: ReadContext): Promise<Observed> {
  const read = readsWith(aws);
  const instance = await readInstance(read, id);
  const attached = await readInterfaces(read, id);
  const membership = await readMembership(read, id);
  const own = ownershipFrom(instance.Tags ?? []);
  const mine = attached.filter(({ isTheirs }) => !isTheirs);
  // One that came later was never taken away from anything: verifying says that it is there.
  const earlier = before as Observed | undefined;
  const known = earlier?.groups;
  const changed = mine.filter((one) => known === undefined || Object.hasOwn(known, one.id));
  const allClosed = mine.length > 0 && mine.every((one) => isClosed(one, id));
  return {
    groups: by(changed, (one) => groupsText(one, id)),
    standby: membership === undefined ? null : standsBy(membership),
    interfaces: by(mine, ({ vpc }) => vpc),
    scaling: membership?.group ?? null,
    operator: operatorOf(instance),
    protectedBy: own.protectedBy,
    // Begun before, it goes on with what was there at the beginning.
    order: { ...by(mine, ({ groups }) => groups.map((group) => group.id)), ...earlier?.order },
    theirs: attached.filter(({ isTheirs }) => isTheirs).map((one) => one.id),
    serves: earlier?.serves ?? membership?.lifecycle === 'InService',
    lifecycle: membership?.lifecycle ?? null,
    done: allClosed && areCut(await readOwnGroups(read, id), mine, id),
    owner: ownerText(own),
    seen: [
      ...attached.map((one) => `${one.id}${one.isTheirs ? ' (of a service of AWS)' : ''}: ${groupsSaid(one)}`),
      ...(membership === undefined ? [] : [`${id}: ${membership.lifecycle} in Auto Scaling group ${membership.group}`]),
    ],
  };
}

const groupsSaid = ({ groups }: Attached): string => groups.map(({ id, name }) => `${id} (${name})`).join(', ');

/** Whether each interface is in a group of ours in which what was open has been ended. */
const areCut = (groups: readonly SecurityGroup[], some: readonly Attached[], id: string): boolean =>
  some.every((one) => groups.some((group) => group.GroupId === one.groups[0]?.id && isOurs(group, id) && isCut(group)));
