import type { Planned, UndoPromise } from '../contract.ts';
import type { GroupTarget } from '../targets/groupTarget.ts';
import { isWider, portsInWords, type Rule, servesWeb, servesWebAlone } from './rules.ts';
import { type Chosen, type Observed, type Params, portsOf } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo makes the same rules again, with their descriptions and tags; EC2 gives each a new id, and connections that were refused meanwhile are not made by it.',
};

const listed = (names: readonly string[]): string => names.join(', ');

function usedBy({ interfaces, balancers }: Observed): string {
  const those = `${interfaces} network interface${interfaces === 1 ? '' : 's'}`;
  if (interfaces === 0) return 'Nothing is in the group.';
  if (balancers.length === 0) return `In the group: ${those}, none of a load balancer.`;
  return `In the group: ${those}, of them load balancer ${listed(balancers)}.`;
}

/** Names of what lets the world in now, in order. */
const openNow = ({ rules }: Observed): readonly (readonly [string, Rule])[] =>
  Object.entries(rules)
    .flatMap(([name, rule]) => (rule === null ? [] : [[name, rule] as const]))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Whose it is, where it is nothing of ours to change. */
function whoseElse({ account }: GroupTarget, { ours, ofAccount }: Observed): string | undefined {
  if (ours) return 'it is of Firebreak itself';
  return ofAccount === account ? undefined : `it is of account ${ofAccount}, which shares it`;
}

/** Why a person has to look at one of the rules first; undefined where nobody has. */
function whyNot(params: Params, observed: Observed, closes: readonly (readonly [string, Rule])[]): string | undefined {
  const { balancers, interfaces } = observed;
  const isGuarded = balancers.length > 0 && !params.loadBalancerWeb;
  const web = closes.find(([, rule]) => isGuarded && servesWeb(rule));
  if (web !== undefined) {
    return `${web[0]} lets in 80 or 443 as well, by which load balancer ${listed(balancers)} is asked: it has to be narrowed by a person (loadBalancerWeb: true closes it)`;
  }
  const ports = portsOf(params);
  const wide = closes.find(([, rule]) => !params.wider && isWider(rule, ports));
  if (wide !== undefined) {
    return `${wide[0]} lets in more than to ${portsInWords(ports)}: it has to be narrowed by a person (wider: true closes it)`;
  }
  if (!observed.crowded) return undefined;
  return `it has ${interfaces} network interfaces, and maxInterfaces allows ${params.maxInterfaces}`;
}

export function planIngress(target: GroupTarget, params: Params, observed: Observed): Planned {
  const { groupName, balancers, seen, stack } = observed;
  const group = groupName === '' ? target.id : `${target.id} (${groupName})`;
  const open = openNow(observed);
  const web = balancers.length > 0 && !params.loadBalancerWeb ? open.filter(([, rule]) => servesWebAlone(rule)) : [];
  const closes = open.filter((one) => !web.includes(one));
  const [stays, its] = [web, closes].map((some) => some.map(([name]) => name)) as [string[], string[]];
  const left = `${listed(stays)} stays open: load balancer ${listed(balancers)} is asked by it.`;
  if (its.length === 0) {
    const reason = `security group ${group} lets nobody in from everywhere to ${portsInWords(portsOf(params))}`;
    return { kind: 'skip', reason: stays.length === 0 ? reason : `${reason}, but for what serves: ${left}` };
  }
  const why = whoseElse(target, observed) ?? whyNot(params, observed, closes);
  if (why !== undefined) return { kind: 'hold', reason: `Security group ${group} is not closed: ${why}`, seen };
  const chosen: Chosen = { closes: its, stays };
  const code = `The stack ${stack} made the group: its template opens it again unless it is changed there, too.`;
  const remains = [...(stays.length === 0 ? [] : [left]), ...(stack === null ? [] : [code])].join(' ');
  return {
    kind: 'step',
    sentence: `Close security group ${group} to the world: take away ${its.length === 1 ? 'its rule' : `${its.length} of its rules`} ${listed(its)}. ${usedBy(observed)}`,
    undo: reversal,
    chosen,
    ...(remains === '' ? {} : { remains }),
  };
}
