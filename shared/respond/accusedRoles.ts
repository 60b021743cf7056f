import type { Accused } from '../account/accused.ts';
import { type Holder, readRoleOf, rolePermissions, sessionOf } from '../account/credentialHolder.ts';
import { readsWith } from '../account/reads.ts';
import { unknownRole } from '../account/workload.ts';
import type { Action } from '../actions/contract.ts';
import { functionNameOf } from '../actions/targets/functionTarget.ts';
import type { Finding } from '../finding/finding.ts';
import type { PodResource } from '../finding/resource.ts';
import { roleOfArn } from '../finding/role.ts';
import type { Matched } from '../plan/plan.ts';
import type { RuleSet } from '../rules/rule.ts';
import { rolesOfPod } from './accusedPods.ts';
import { askedActions } from './askedActions.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';

type RoleEffects = Pick<Effects, 'sessions' | 'catalogue'>;

interface Read {
  readonly accused: ReadonlyMap<string, Accused>;
  readonly unread: readonly string[];
}

/**
 * Adds the roles of accused functions, instances and pods. Of a function with somebody in it always: its credentials are in its environment. Of an
 * instance or a pod where the rule asks for something about them, or cuts it off: what was taken of them works on elsewhere. Throws Throttled unless it is
 * the last try.
 */
export async function withRoles(
  effects: RoleEffects,
  matched: readonly Matched[],
  set: RuleSet,
  known: Read,
  lastTry: boolean,
): Promise<Read> {
  const accused = new Map(known.accused);
  const unread = new Set(known.unread);
  for (const one of matched) {
    const { finding } = one;
    for (const holder of holdersIn(accused.get(finding.id))) {
      const seen = accused.get(finding.id);
      if (seen === undefined || !isWanted(effects, one, set, holder)) continue;
      if (holder.kind === 'pod') {
        const { roles, pod, said } = await rolesOfPod(effects, finding, holder, lastTry);
        for (const sentence of said) unread.add(sentence);
        const more = withRole(seen, roles, roleTargetsOf(finding, roles));
        accused.set(finding.id, { ...more, ...(pod === undefined ? {} : { pods: [pod] }) });
        continue;
      }
      const role = await roleOf(effects, finding, holder, lastTry);
      if (typeof role === 'string') unread.add(role);
      if (role === null) continue;
      const named = typeof role === 'string' ? null : roleOfArn(role.arn);
      const { account, region } = finding;
      const roleTargets = named === null ? undefined : [{ ...named, session: sessionOf(holder), account, region }];
      accused.set(finding.id, withRole(seen, [typeof role === 'string' ? unknownRole : role.arn], roleTargets));
    }
  }
  return { accused, unread: [...unread] };
}

/** The function, the instance or the pod, and of an instance the pod on it that somebody is in. */
const holdersIn = (seen: Accused | undefined): readonly (Holder | PodResource)[] =>
  (seen?.targets ?? []).filter(
    (target) => target.kind === 'function' || target.kind === 'instance' || target.kind === 'pod',
  );

function withRole(seen: Accused, roles: Accused['roles'], targets: Accused['roleTargets']): Accused {
  const all = [...new Set([...seen.roles, ...roles])];
  if (targets === undefined) return { ...seen, roles: all };
  return { ...seen, roles: all, roleTargets: [...(seen.roleTargets ?? []), ...targets] };
}

/** As targets, those of the finding's own account: what another account's role lets in, only that account can cut off. */
const roleTargetsOf = ({ account, region }: Finding, roles: readonly string[]): NonNullable<Accused['roleTargets']> =>
  roles.flatMap((arn) => {
    const role = arn.split(':')[4] === account ? roleOfArn(arn) : null;
    return role === null ? [] : [{ ...role, account, region }];
  });

function isWanted(
  { catalogue }: RoleEffects,
  matched: Matched,
  set: RuleSet,
  { kind }: Pick<Holder | PodResource, 'kind'>,
): boolean {
  const { finding, decision } = matched;
  if (decision !== 'rule' || finding.threat === undefined) return false;
  const concerns = ({ facts, targets }: Action): boolean =>
    facts.phase === 'role' || (facts.contains && targets.includes(kind));
  return kind === 'function' || askedActions(catalogue, matched, set).some(concerns);
}

/**
 * The role; null where it has none; why it could not be read, as a sentence. Of what is gone, too: an instance's credentials are good for
 * hours, and outlive it.
 */
async function roleOf(
  { sessions }: RoleEffects,
  { account, region }: Finding,
  holder: Holder,
  lastTry: boolean,
): Promise<{ readonly arn: string } | string | null> {
  const doing = `Reading which role ${holder.id} has`;
  try {
    const target = { ...holder, account, region };
    // Throws for what is no ARN of a function here: it goes into a policy.
    if (target.kind === 'function') functionNameOf(target);
    const aws = await sessions.read(target, rolePermissions(holder, target));
    const arn = await readRoleOf(readsWith(aws), holder);
    return arn === null ? null : { arn };
  } catch (error) {
    const failure = failureOfStep(error, doing, lastTry);
    if (failure.kind === 'failed') return `${failure.why}.`;
    return `${doing}: it is not there any more. Whoever has credentials of that role can use them until they expire.`;
  }
}
