import type { NetworkInterface, SecurityGroup } from '@aws-sdk/client-ec2';
import { ownershipFrom, ownerText } from '../../account/owner.ts';
import type { ReadContext } from '../contract.ts';
import { type GroupTarget, readGroup, readIngress, readInterfaces } from '../targets/groupTarget.ts';
import { isOpen, type Rules, type Shown, shownRules } from './rules.ts';
import { type Observed, type Params, portsOf } from './types.ts';

/** All rules by address that there are, and those of them that let the world in to what is asked about. */
export async function readRules(target: GroupTarget, params: Params, context: ReadContext) {
  const all = shownRules(await readIngress(target, context));
  const ports = portsOf(params);
  return { all, open: all.filter(({ rule }) => isOpen(rule, ports, params.alsoFrom)) };
}

const byName = (some: readonly Shown[]): Rules => Object.fromEntries(some.map(({ name, rule }) => [name, rule]));

/**
 * Of what stands, those that were saved, gone or not, and what has come since. A rule is told by what it says: put back by hand or by an undo, it has
 * another id.
 */
function rulesNow(all: readonly Shown[], open: readonly Shown[], before: Observed['rules']): Observed['rules'] {
  const there = byName(all);
  return { ...Object.fromEntries(Object.keys(before).map((name) => [name, there[name] ?? null])), ...byName(open) };
}

export async function observeIngress(target: GroupTarget, params: Params, context: ReadContext): Promise<Observed> {
  const group = await readGroup(target, context);
  const { all, open } = await readRules(target, params, context);
  const interfaces = await readInterfaces(target, context);
  const own = ownershipFrom(group.Tags ?? []);
  const balancers = [...new Set(interfaces.flatMap((one) => balancerOf(one) ?? []))].toSorted();
  const saved = (context.before as Observed | undefined)?.rules ?? {};
  const stack = stackOf(group);
  const groupName = group.GroupName ?? '';
  return {
    rules: rulesNow(all, open, saved),
    ids: Object.fromEntries(open.map(({ name, id }) => [name, id])),
    groupName,
    stack,
    ofAccount: group.OwnerId ?? target.account,
    ours: [groupName, stack ?? ''].some((name) => /^firebreak(?:-|$)/.test(name)),
    balancers,
    crowded: interfaces.length > params.maxInterfaces,
    interfaces: interfaces.length,
    protectedBy: own.protectedBy,
    owner: ownerText(own),
    seen: [
      `security group ${target.id} (${groupName}): ${open.length === 0 ? 'nothing asked about is open to the world' : open.map(({ name }) => name).join(', ')}`,
      `in it: ${interfaces.length} network interface${interfaces.length === 1 ? '' : 's'}${balancers.length === 0 ? '' : `, of them load balancers ${balancers.join(', ')}`}`,
    ],
  };
}

/** No tag of a person's begins with `aws:`. */
const stackOf = ({ Tags = [] }: SecurityGroup): string | null =>
  Tags.find(({ Key }) => Key === 'aws:cloudformation:stack-name')?.Value ?? null;

const balancerTypes: readonly string[] = ['load_balancer', 'network_load_balancer', 'gateway_load_balancer'];

/**
 * The load balancer that an interface is of, by what Elastic Load Balancing writes on it (`ELB app/web/0a1b…`, `ELB web`); null where it is
 * of none. Whoever writes so on an interface of their own is taken for one: then less is closed.
 */
function balancerOf({ Description = '', InterfaceType, RequesterId }: NetworkInterface): string | null {
  const [, name] = /^ELB ([A-Za-z0-9/-]{1,60})/.exec(Description) ?? [];
  if (name !== undefined) return name.replace(/\/[0-9a-f]{16,17}$/, '');
  return RequesterId === 'amazon-elb' || balancerTypes.includes(InterfaceType ?? '') ? 'without a name' : null;
}
