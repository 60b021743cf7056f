import type { Accused } from '../account/accused.ts';
import { type Action, type Target, targetKey } from '../actions/contract.ts';
import { addressResource } from '../finding/address.ts';
import type { Finding } from '../finding/finding.ts';
import { securityGroup } from '../finding/securityGroup.ts';
import { canonicalJson, type JsonObject } from '../platform/json.ts';
import { decideRule } from '../rules/decide.ts';
import type { Approval, Mode, Rule, RuleSet } from '../rules/rule.ts';
import type { Limited } from './budget.ts';
import type { Matched } from './plan.ts';
import { mostSevereFirst } from './rank.ts';

/** One action on one target, as the rules want it, before anything was observed. */
export interface Proposal {
  readonly action: Action;
  readonly target: Target;
  readonly params: JsonObject;
  readonly mode: Mode;
  /** The rules of them that observe. */
  readonly observing: readonly string[];
  /** Those of them that want a person asked, and on which terms. Absent: none. */
  readonly asking?: readonly Asking[];
  /** The rules that ask for it; the one of the most severe finding first. */
  readonly rules: readonly string[];
  /** What those rules limit, and the settings. Absent: nothing. */
  readonly limited?: readonly Limited[];
  /** All that is changed with the target, itself included, where the action says so. */
  readonly members?: readonly Target[];
}

/** A rule that wants a person asked. */
export interface Asking {
  readonly rule: string;
  readonly approval: Approval;
}

export interface Proposed {
  readonly proposals: readonly Proposal[];
  /** What the rules ask for and nobody can or may do. One sentence each. */
  readonly notDone: readonly string[];
}

/**
 * The stricter mode is the one that changes less: any rule that observes keeps the others from acting. What changes nothing (evidence) is
 * not safer left out, and is done where any rule enforces it (docs/decisions/0018-configuration.md).
 */
function settled(proposal: Omit<Proposal, 'mode'>): Proposal {
  const { action, rules, observing } = proposal;
  if (action.facts.changes || observing.length === rules.length) return { ...proposal, mode: strictest(observing) };
  return { ...proposal, mode: 'enforce', observing: [] };
}

const strictest = (observing: readonly string[]): Mode => (observing.length > 0 ? 'observe' : 'enforce');

const withName = (names: readonly string[], name: string): readonly string[] => [...new Set([...names, name])];

const askingBy = (known: readonly Asking[], { name }: Rule, approval: Approval): readonly Asking[] =>
  known.some(({ rule }) => rule === name) ? known : [...known, { rule: name, approval }];

/** What limits an action that several rules ask for: all that any of them says. */
function limitedBy(known: readonly Limited[], { name, limits }: Rule): readonly Limited[] {
  return limits === undefined || known.some(({ rule }) => rule === name) ? known : [...known, { rule: name, limits }];
}

/** Collects proposals by action and target. The first, of the most severe finding, decides about parameters. */
function collector({ settings: { limits } }: RuleSet) {
  const ofAccount: readonly Limited[] = limits === undefined ? [] : [{ rule: null, limits }];
  const byKey = new Map<string, Omit<Proposal, 'mode'>>();
  const notDone = new Set<string>();
  const add = (rule: Rule, action: Action, target: Target, params: JsonObject): void => {
    const key = `${action.name} ${targetKey(target)}`;
    const known: Omit<Proposal, 'mode'> = byKey.get(key) ?? { action, target, params, observing: [], rules: [] };
    const [first = rule.name] = known.rules;
    if (canonicalJson(known.params) !== canonicalJson(params)) {
      notDone.add(
        `${action.name} on ${target.id}: rule ${rule.name} has other parameters; those of rule ${first} apply.`,
      );
    }
    const rules = withName(known.rules, rule.name);
    const observing = rule.mode === 'observe' ? withName(known.observing, rule.name) : known.observing;
    const asking = rule.approval === undefined ? {} : { asking: askingBy(known.asking ?? [], rule, rule.approval) };
    const limited = limitedBy(known.limited ?? ofAccount, rule);
    const limiting = limited.length === 0 || !action.facts.changes ? {} : { limited };
    byKey.set(key, { ...known, ...asking, ...limiting, observing, rules });
  };
  return { add, notDone, proposals: () => [...byKey.values()].map(settled) };
}

/** What is known to be accused, by finding. */
export type AccusedBy = ReadonlyMap<string, Accused>;

const ownTarget = ({ resource, account, region }: Finding): Target => ({ ...resource, account, region });

/** Evidence of a role, or anything else that takes one, is a matter of findings on it: a task leads to its role for what is done about credentials alone. */
const credentialsFor = ({ facts }: Action, accused: Accused | undefined): readonly Target[] =>
  facts.phase === 'role' ? (accused?.roleTargets ?? []) : [];

/** A rotation that is overdue is a matter of findings on the secret; of a task it is what it was given, of a definition the keys that stand in it. */
const givenTo = ({ facts }: Action, accused: Accused | undefined): readonly Target[] =>
  facts.phase === 'secrets' ? [...(accused?.secretTargets ?? []), ...(accused?.keyTargets ?? [])] : [];

/** Configuration is fixed where it is deployed. */
const fixedAt = ({ facts }: Action, accused: Accused | undefined): readonly Target[] =>
  facts.canWait === true ? (accused?.fixTargets ?? []) : [];

/** The security groups of which a finding says that they let its resource be reached. */
const groupsOf = ({ exposure, account, region }: Finding): readonly Target[] =>
  (exposure?.groups ?? []).map((id) => ({ ...securityGroup(id, { account, region }), account, region }));

/** The address from which somebody came. */
const originsOf = ({ threat, account, region }: Finding): readonly Target[] =>
  threat?.from == null ? [] : [{ ...addressResource(threat.from, { account, region }), account, region }];

/** What an action would act on, of what a finding accuses; or why there is nothing. */
function targetsFor(action: Action, finding: Finding, accused: Accused | undefined): readonly Target[] | string {
  const found = [
    ...(accused?.targets ?? [ownTarget(finding)]),
    ...groupsOf(finding),
    ...originsOf(finding),
    ...credentialsFor(action, accused),
    ...givenTo(action, accused),
    ...fixedAt(action, accused),
  ];
  const targets = found.filter(({ kind }) => action.targets.includes(kind));
  const named = targets.filter((target) => target.kind !== 'image' || target.digest !== null);
  if (named.length > 0) return named;
  if (targets.length > 0) return 'the event named no digest, and a tag is no identity.';
  const declined = action.declines?.[finding.resource.kind];
  if (declined !== undefined) return declined;
  return `it acts on ${action.targets.join(', ')}, and nothing of that kind is known to belong to ${finding.resource.kind} ${finding.resource.id}.`;
}

/** Evidence that changes something may have been held when it was news, and is known by what stands once it was done. */
const isOnlyRead = ({ facts }: Action): boolean => facts.phase === 'evidence' && !facts.changes;

/**
 * The union of what the rules ask for over an incident's findings. Pure. The same action on the same target is one
 * proposal, in the stricter mode. What an exemption takes out, and what has no identity to act on, is said instead.
 * @param isNews whether a finding has not been reported yet: evidence on what an earlier run has dealt with was taken then
 */
export function propose(
  matched: readonly Matched[],
  set: RuleSet,
  catalogue: readonly Action[],
  now: Date,
  accused: AccusedBy = new Map(),
  isNews: (finding: Finding) => boolean = () => true,
): Proposed {
  const all = collector(set);
  for (const { finding, decision } of mostSevereFirst(matched)) {
    if (decision !== 'rule') continue;
    const { rule, exempted } = decideRule(finding, set, now);
    if (rule === null) continue;
    const { id } = finding.resource;
    for (const entry of rule.do) {
      const exemption = exempted.find(({ actions }) => actions?.includes(entry.action));
      const action = catalogue.find(({ name }) => name === entry.action);
      if (exemption !== undefined) {
        const { name, owner, reason } = exemption;
        all.notDone.add(`${entry.action} on ${id}: exemption ${name} of ${owner} leaves it out: ${reason}`);
        continue;
      }
      if (action === undefined) {
        all.notDone.add(`${entry.action} on ${id}: rule ${rule.name} names an action that does not exist here.`);
        continue;
      }
      if (isOnlyRead(action) && !isNews(finding)) continue;
      const targets = targetsFor(action, finding, accused.get(finding.id));
      if (typeof targets === 'string') all.notDone.add(`${entry.action} on ${id}: ${targets}`);
      else for (const target of targets) all.add(rule, action, target, entry.params);
    }
  }
  return { proposals: all.proposals(), notDone: [...all.notDone] };
}
