import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed, Throttled } from '../../platform/errors.ts';
import type { ActContext, Executed } from '../contract.ts';
import type { InstanceTarget } from '../targets/instanceTarget.ts';
import { discard, noteCut, openUp, ownGroup, shut, tried } from './groups.ts';
import { cutConnections, each, putAll } from './interfaces.ts';
import { isCut, readOwnGroups } from './reads.ts';
import { serveAgain, standBy } from './standby.ts';
import { type ByInterface, type Chosen, chosenShape, closedName, type Observed, openName } from './types.ts';

/**
 * Closed first, and opened only then, for as long as it takes to end what is open: that closing works has been seen before anything is opened,
 * and whoever comes back after a crash begins with closing, whatever the journal says.
 */
export async function isolate({ id }: InstanceTarget, context: ActContext): Promise<Executed> {
  const chosen = chosenShape.parse(context.chosen);
  const { journal } = context;
  const did: string[] = [];
  let standsNot: unknown;
  if (chosen.standsBy !== null) {
    try {
      did.push(String(await journal.once('standby', () => standBy(context, id))));
    } catch (error) {
      // The network does not wait for it: what it keeps is evidence.
      if (!(error instanceof ActionFailed || error instanceof Throttled)) throw error;
      standsNot = error;
    }
  }
  await journal.once('close', () => named(`Closing ${id}`, () => close(context, id, chosen)));
  await journal.once('cut', () => named(`Ending the connections of ${id}`, () => cut(context, id, chosen)));
  did.push(`${id} is asked to be in no group but one without rules, and its connections to end`);
  if (standsNot !== undefined) throw standsWhy(id, chosen, standsNot);
  return { kind: 'done', did: did.join('; ') };
}

function standsWhy(id: string, { standsBy }: Chosen, error: unknown): unknown {
  if (!(error instanceof ActionFailed)) return error;
  return new ActionFailed(
    `${id} is cut off the network, but it does not stand by, so that Auto Scaling group ${standsBy} may find it dead, and terminate it: ${error.message}`,
    { cause: error },
  );
}

async function named<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw namedFailure(error, doing);
  }
}

const vpcsOf = ({ interfaces }: Chosen): readonly string[] => [...new Set(Object.values(interfaces))];

/** VPC -> the group of that name there, which is made where there is none. */
async function groupsIn(
  context: ActContext,
  id: string,
  chosen: Chosen,
  name: string,
): Promise<ReadonlyMap<string, SecurityGroup>> {
  const groups = new Map<string, SecurityGroup>();
  for (const vpc of vpcsOf(chosen)) groups.set(vpc, await ownGroup(context, id, vpc, name));
  return groups;
}

/** Interface -> the group of its VPC. */
const ofEach = ({ interfaces }: Chosen, groups: ReadonlyMap<string, SecurityGroup>): ByInterface<string> =>
  Object.fromEntries(Object.entries(interfaces).map(([id, vpc]) => [id, groups.get(vpc)?.GroupId ?? '']));

/** What it answers with: the closed groups. A rule that somebody gave one after all was done, to look into the host, stays. */
async function close(context: ActContext, id: string, chosen: Chosen): Promise<ByInterface<string>> {
  const groups = await groupsIn(context, id, chosen, closedName(id));
  for (const group of groups.values()) if (!isCut(group)) await shut(context, group.GroupId ?? '');
  const closed = ofEach(chosen, groups);
  await putAll(context, each(closed));
  return closed;
}

/** Nobody can stop it in the middle: it is one call of the journal. */
async function cut(context: ActContext, id: string, chosen: Chosen): Promise<string> {
  const closed = await close(context, id, chosen);
  const groups = [...(await groupsIn(context, id, chosen, closedName(id))).values()];
  if (groups.every(isCut)) return 'ended before';
  const opening = await groupsIn(context, id, chosen, openName(id));
  const ids = [...opening.values()].map(({ GroupId = '' }) => GroupId);
  const shutAll = async (): Promise<void> => {
    for (const one of ids) await shut(context, one);
  };
  try {
    for (const one of ids) await openUp(context, one);
    await cutConnections(context, { instance: id, closed, opening: ofEach(chosen, opening), shut: shutAll });
  } catch (error) {
    // The next try, if there is one, goes on with the same group: it is in the journal.
    await tried(shutAll);
    throw error;
  }
  for (const one of ids) await discard(context, one);
  await noteCut(
    context,
    groups.map(({ GroupId = '' }) => GroupId),
  );
  return 'ended';
}

/** Gives each interface the groups that it had, in their order, lets the host serve again, and takes the groups of ours away. */
export async function restore({ id }: InstanceTarget, before: Observed, context: ActContext): Promise<Executed> {
  const changed = Object.entries(before.order).filter(([one]) => Object.hasOwn(before.groups, one));
  await putAll(context, Object.fromEntries(changed));
  const did = [`${id} is asked to be in the security groups that it was in`];
  const { standsBy } = chosenShape.parse(context.chosen);
  if (standsBy !== null && before.standby === false) {
    try {
      did.push(await serveAgain(context, id));
    } catch (error) {
      const passes = error instanceof Throttled && !context.lastTry;
      if (passes || !(error instanceof ActionFailed || error instanceof Throttled)) throw error;
      throw new ActionFailed(`${id} has its network back, but stays out of service: ${error.message}`, {
        cause: error,
      });
    }
  }
  for (const { GroupId = '' } of await readOwnGroups(readsWith(context.aws), id)) {
    if (!(await discard(context, GroupId))) did.push(`security group ${GroupId} is left behind, without a rule`);
  }
  return { kind: 'done', did: did.join('; ') };
}
