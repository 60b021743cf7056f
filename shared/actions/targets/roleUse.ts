import type { Role } from '@aws-sdk/client-iam';
import { ownershipFrom, ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import { type RoleUsers, readRoleUsers } from '../../account/roleUsers.ts';
import { readRoleAccounts } from '../../account/serviceAccounts.ts';
import { Throttled } from '../../platform/errors.ts';
import type { ReadContext } from '../contract.ts';
import { letsIn, otherAccounts, otherPods, ownByToken, type RunningPod, readRunningPods } from './rolePods.ts';
import type { RoleTarget } from './roleTarget.ts';
import { trustOf } from './roleTrust.ts';

/** Who uses a role, apart from what is accused: what is done to it, is done to them. */
export type RoleUse = {
  /** What uses the role besides what is accused, each as people know it; sorted. */
  readonly others: readonly string[];
  /** Places that could not be read: nobody knows who uses the role there. */
  readonly unread: readonly string[];
  readonly protectedBy: string | null;
  /** Accused tasks and pods (`pod checkout-5c9f`) that run and that no earlier step of the plan stops: they would get new credentials. */
  readonly runOn: readonly string[];
  /** Services of the accused tasks: they start others while those stop. */
  readonly services: readonly string[];
  /** Other tasks of these services. */
  readonly siblings: readonly string[];
  /** What has the credentials that were used elsewhere, and runs on; null where nobody knows of one. */
  readonly holder: string | null;
  /** Instances that have the role by their profile, the holder among them: their agents call AWS with it. Sorted. */
  readonly hosts: readonly string[];
  /** Service accounts of accused pods whose tokens give new sessions to whoever has one. */
  readonly byToken: readonly string[];
  /** Whether the role, or an association of EKS, lets in what the accused pods run under; else they are only told that they have it. */
  readonly letIn: boolean;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** Its fields by which nobody decides whether a step is still right. */
export const volatileUse = ['unread', 'services', 'runOn', 'siblings', 'holder', 'byToken', 'owner', 'seen'] as const;

// The before-state is one item in the table: of a role that a whole account uses, the first tell enough.
const mostShown = 20;

/** Reads who uses a role. @throws ActionFailed (a cluster that does not let us in), Throttled */
export async function readRoleUse(target: RoleTarget, role: Role, context: ReadContext): Promise<RoleUse> {
  const isOwn = (arn: string): boolean => context.accusation.tasks.includes(arn) || taskId(arn) === target.session;
  const read = readsWith(context.aws);
  const found = await readRoleUsers(read, target.id, isOwn);
  const trust = trustOf(role);
  const unread = [...found.unread];
  const accounts = await readRoleAccounts(read, target.id, trust, unread);
  const users = { ...found, unread };
  // AWS may tell a little later: a person would be asked because of that.
  const passing = users.unread.find(({ mayPass }) => mayPass === true);
  if (passing !== undefined)
    throw new Throttled(`Reading who uses role ${target.id}: ${passing.place}: ${passing.why}`);
  const running = await readRunningPods(target, context);
  const { others, runOn, ...own } = apart(users, target, context);
  const all = [
    ...others,
    ...otherAccounts(accounts, context.accusation),
    ...otherPods(running),
    ...trust.others.map((one) => `whoever its trust policy lets in as ${one}`),
  ].sort();
  const stays = running.filter(({ accused, leaves }) => accused && !leaves).map(({ name }) => `pod ${name}`);
  const tags = ownershipFrom(role.Tags ?? []);
  return {
    others: all,
    unread: users.unread.map(({ place, why }) => `${place}: ${why}`),
    protectedBy: tags.protectedBy,
    ...own,
    hosts: [...users.instances].sort(),
    runOn: [...runOn.map((task) => `task ${task}`), ...stays],
    byToken: ownByToken(accounts, context.accusation),
    letIn: target.session !== null || letsIn(accounts, trust, context.accusation),
    owner: ownerText(tags),
    seen: seenOf(target, users, all, running),
  };
}

const taskId = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** What is accused, apart from who merely has the same role. A session is named after who it was given to: a task, a function, an instance. */
function apart(
  { services, tasks, functions, instances }: RoleUsers,
  { session }: RoleTarget,
  { accusation }: ReadContext,
): Pick<RoleUse, 'others' | 'services' | 'runOn' | 'siblings' | 'holder'> {
  const isAccused = ({ arn }: { readonly arn: string }): boolean => accusation.tasks.includes(arn);
  const isHolder = (arn: string): boolean => taskId(arn) === session;
  const own = tasks.filter((task) => isAccused(task) || isHolder(task.arn));
  const ownServices = new Set(own.flatMap(({ service }) => service ?? []));
  const leaves = ({ arn }: { readonly arn: string }): boolean => accusation.leaving.includes(arn);
  const others = [
    ...services.filter((service) => !ownServices.has(service)).map((service) => `service ${service}`),
    ...tasks.filter((task) => task.service === null && !own.includes(task)).map(({ arn }) => `task ${taskId(arn)}`),
    ...functions.filter((name) => name !== session).map((name) => `function ${name}`),
    ...instances.filter((id) => id !== session).map((id) => `instance ${id}`),
  ];
  const runOn = own.filter((task) => isAccused(task) && !task.stopped && !leaves(task)).map(({ arn }) => taskId(arn));
  const siblings = tasks.filter(
    (task) => task.service !== null && ownServices.has(task.service) && !own.includes(task) && !leaves(task),
  );
  return {
    others,
    services: [...new Set(own.filter(isAccused).flatMap(({ service }) => service ?? []))].sort(),
    runOn,
    siblings: siblings.map(({ arn }) => taskId(arn)).slice(0, mostShown),
    holder: holderOf(
      own.find((task) => isHolder(task.arn) && !isAccused(task) && !task.stopped)?.arn,
      session,
      functions,
      instances,
    ),
  };
}

function holderOf(
  task: string | undefined,
  session: string | null,
  functions: readonly string[],
  instances: readonly string[],
): string | null {
  if (task !== undefined) return `task ${taskId(task)}`;
  if (session === null) return null;
  if (functions.includes(session)) return `function ${session}`;
  return instances.includes(session) ? `instance ${session}` : null;
}

function seenOf(
  { id }: RoleTarget,
  { services, tasks, functions, instances }: RoleUsers,
  others: readonly string[],
  running: readonly RunningPod[],
) {
  const users = [
    ...services.map((service) => `service ${service}`),
    ...tasks.filter(({ stopped }) => !stopped).map(({ arn }) => `task ${taskId(arn)}`),
    ...functions.map((name) => `function ${name}`),
    ...instances.map((instance) => `instance ${instance}`),
    ...running.map(({ namespace, name }) => `pod ${namespace}/${name}`),
    ...others.filter((one) => /^(?:whoever|service account) /.test(one)),
  ];
  const lines = users.map((user) => `role ${id} is used by ${user}`);
  const more = lines.length - mostShown;
  return more > 0 ? [...lines.slice(0, mostShown), `and ${more} more`] : lines;
}
