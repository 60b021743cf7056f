import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext, Executed, ReadContext, Verified } from '../contract.ts';
import { readRole } from '../targets/readRole.ts';
import type { RoleTarget } from '../targets/roleTarget.ts';
import { cutOffOf, readStops } from './cutOff.ts';
import { type Deny, documentOf, idleFrom, later, markOf, policyName } from './deny.ts';
import type { Observed } from './observe.ts';
import { type Found, readDeny } from './role.ts';

const notOurs = (id: string): string =>
  `Role ${id} has a policy ${policyName} that Firebreak has not written: it is left as it is`;

/** A cut-off that stands and is later is not given up. The time is taken once: a repeat after a crash does not move it on. */
export async function revoke(target: RoleTarget, context: ActContext): Promise<Executed> {
  const { id } = target;
  const cutOff = await context.journal.once('cut off', () => cutOffOf(target, context));
  const found = await readDeny(target, context);
  if (found === 'other') throw new ActionFailed(notOurs(id));
  const standing = found === 'none' ? undefined : found;
  const wanted: Deny = { cutOff: later(String(cutOff), standing?.cutOff), mark: markOf(context.accusation) };
  const did = `sessions of role ${id} from before ${wanted.cutOff} are denied everything`;
  if (standing?.cutOff === wanted.cutOff && standing.mark === wanted.mark) return { kind: 'done', did };
  const read = readsWith(context.aws);
  try {
    const { client, PutRolePolicyCommand } = await read.aws.iam();
    const PolicyDocument = documentOf(wanted);
    await client.send(new PutRolePolicyCommand({ RoleName: id, PolicyName: policyName, PolicyDocument }), read.call);
  } catch (error) {
    throw namedFailure(error, `Revoking the sessions of role ${id}`);
  }
  return { kind: 'done', did };
}

/**
 * Whether the policy stands, and covers all who are accused by now. Without accused tasks (the role itself, a function, an instance), and of pods, only what
 * this step has written does: whatever is found later is cut off anew.
 */
export async function verifyRevoked(target: RoleTarget, context: ReadContext): Promise<Verified> {
  const found = await readDeny(target, context);
  if (found === 'other') return { state: 'broken', seen: notOurs(target.id), absence: false };
  if (found === 'none') {
    // IAM's reads may not show it for some seconds.
    return { state: 'pending', seen: `role ${target.id} shows no policy ${policyName}`, absence: false };
  }
  const seen = `role ${target.id} denies everything to sessions from before ${found.cutOff}`;
  const covers = await coversAll(target, found, context);
  return covers
    ? { state: 'holds', seen, absence: false }
    : { state: 'pending', seen: `${seen}, which is not all that is accused`, absence: false };
}

async function coversAll(target: RoleTarget, { cutOff, mark }: Deny, context: ReadContext): Promise<boolean> {
  const { accusation, begunAt } = context;
  if (mark !== markOf(accusation)) return false;
  const at = Date.parse(cutOff);
  const ofStep = begunAt !== undefined && Date.parse(begunAt) < at;
  const { tasks, pods = [] } = accusation;
  if (tasks.length === 0 && pods.length === 0) return ofStep;
  const { running, last } = await readStops(target, context);
  if (running.length > 0 || (pods.length > 0 && !ofStep)) return false;
  return last === null || Date.parse(last) < at;
}

/** Why the policy cannot be taken away yet; null when it can. */
export const notYet = (id: string, found: Found, now: Date): string | null => {
  if (typeof found === 'string') return null;
  const from = idleFrom(found);
  return Date.parse(from) <= now.getTime()
    ? null
    : `policy ${policyName} of role ${id} stays until ${from}: without it the sessions that were cut off at ${found.cutOff} would work again. After that it denies nobody anything, and another undo takes it away`;
};

/** Takes the policy away, once nobody is left whom it denies anything; one that was there before stays. */
export async function takeAway(target: RoleTarget, before: Observed, context: ActContext): Promise<Executed> {
  const { id } = target;
  const found = await readDeny(target, context);
  if (found === 'other') throw new ActionFailed(notOurs(id));
  const wait = notYet(id, found, context.clock.now());
  if (wait !== null) throw new ActionFailed(wait);
  if (before.policy === 'ours') return { kind: 'done', did: `role ${id} keeps the policy that it had before` };
  const did = `policy ${policyName} is taken away from role ${id}`;
  if (found === 'none') return { kind: 'done', did };
  const read = readsWith(context.aws);
  try {
    const { client, DeleteRolePolicyCommand } = await read.aws.iam();
    await client.send(new DeleteRolePolicyCommand({ RoleName: id, PolicyName: policyName }), read.call);
  } catch (error) {
    if (failureOf(error)?.kind !== 'gone') throw namedFailure(error, `Taking the policy away from role ${id}`);
    // The policy has gone since, or the role.
    await readRole(target, context);
  }
  return { kind: 'done', did };
}

export async function verifyTakenAway(target: RoleTarget, before: Observed, context: ReadContext): Promise<Verified> {
  const found = await readDeny(target, context);
  const is = typeof found === 'string' ? found : 'ours';
  const seen =
    is === 'none' ? `role ${target.id} has no policy ${policyName}` : `role ${target.id} has a policy ${policyName}`;
  return { state: is === before.policy ? 'holds' : 'pending', seen, absence: is === 'none' };
}
