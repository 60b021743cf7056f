import type { Complaint } from '../document.ts';
import { compiledOf } from '../patterns.ts';
import { asksFirst, type Rule } from '../rule.ts';
import type { RuleAction } from '../schema.ts';
import { everything } from './everything.ts';
import { findings } from './known.ts';
import { canSelect } from './lintTargets.ts';

interface Entry {
  readonly at: number;
  readonly name: string;
  readonly action: RuleAction;
}

const entriesOf = ({ do: entries }: Pick<Rule, 'do'>, actions: readonly RuleAction[]): readonly Entry[] =>
  entries.flatMap(({ action: name }, at) => {
    const action = actions.find((candidate) => candidate.name === name);
    return action === undefined ? [] : [{ at, name, action }];
  });

/** Why a step of the action, or of a later part of it, cannot be undone, where nobody at work is stopped by not waiting for a person. */
function irrevocably({ facts, reversal, parts = [] }: RuleAction): string | null {
  const steps = [
    { facts, reversal },
    ...parts.map((part) => ({ facts: part.facts, reversal: part.reversal ?? reversal })),
  ];
  for (const step of steps) {
    if (step.facts?.changes !== true || step.reversal?.possible !== false) continue;
    if (step.facts.contains && step.facts.canWait !== true) continue;
    // It takes nothing from anybody, and is there to stay.
    if (step.facts.phase === 'evidence') continue;
    return step.reversal.why;
  }
  return null;
}

/** Puts somebody out. */
const stops = ({ action: { facts } }: Entry): boolean => facts?.contains === true && facts.canWait !== true;

/** Makes worthless what somebody has, whom the same rule puts out before. */
const followsUp = ({ action: { facts } }: Entry, entries: readonly Entry[]): boolean =>
  facts?.needsWorkloadGone === true && entries.some(stops);

/** What goes on when nobody answers asks nobody in the end. */
const unasked = (rule: Pick<Rule, 'mode' | 'approval'>): boolean =>
  rule.mode === 'enforce' && (!asksFirst(rule) || rule.approval?.onTimeout === 'proceed');

/** Steps that cannot be undone, that no intruder is stopped by, and that nobody is asked about. */
function irreversible(rule: Rule, entries: readonly Entry[]): readonly Complaint[] {
  if (!unasked(rule)) return [];
  return entries.flatMap((entry) => {
    const { at, name, action } = entry;
    const why = followsUp(entry, entries) ? null : irrevocably(action);
    const message = `"${name}" cannot be undone (${why}), and this rule enforces it without asking anybody`;
    const suggestion = 'add approval: { when: [always] }, or write mode: observe';
    return why === null ? [] : [{ code: 'irreversible' as const, path: `do[${at}]`, message, suggestion }];
  });
}

function declined(rule: Rule, changing: readonly Entry[]): readonly Complaint[] {
  const { branches } = compiledOf(rule.when);
  const [first] = changing;
  const takesNone = changing.every(({ action }) => !branches.some((branch) => canSelect(branch, action.targets)));
  if (first === undefined || !takesNone) return [];
  const names = changing.map(({ name }) => `"${name}"`).join(' and ');
  const message = `${names} declines every kind of resource that this rule selects: it only ever tells why`;
  const suggestion = 'select another kind, or leave the action out';
  return [{ code: 'declined', path: `do[${first.at}]`, message, suggestion }];
}

/** Of what no action stores evidence of, nothing is to be added. */
function withoutEvidence(
  rule: Rule,
  entries: readonly Entry[],
  changing: readonly Entry[],
  actions: readonly RuleAction[],
): readonly Complaint[] {
  const destroys = changing.find(
    ({ action }) =>
      action.facts?.destroysEvidence === true || action.parts?.some(({ facts }) => facts.destroysEvidence),
  );
  if (destroys === undefined || entries.some(({ action }) => action.facts?.phase === 'evidence')) return [];
  const { branches } = compiledOf(rule.when);
  const canStore = actions.some(
    ({ facts, targets }) => facts?.phase === 'evidence' && branches.some((branch) => canSelect(branch, targets)),
  );
  if (!canStore) return [];
  const message = `"${destroys.name}" destroys evidence, and nothing in this rule stores any before`;
  return [{ code: 'no-evidence', path: `do[${destroys.at}]`, message, suggestion: 'add evidence.capture' }];
}

/** Who is in there gets no requests, and may still call out. What only keeps somebody from coming (`lends`) takes nobody who is in for contained. */
function stopsNobody(entries: readonly Entry[]): readonly Complaint[] {
  const only = entries.find(({ action: { facts } }) => facts?.phase === 'traffic' && facts.lends !== true);
  if (only === undefined || entries.some(stops)) return [];
  const message = `"${only.name}" contains nothing by itself, and nothing in this rule does: what runs goes on, and may call out`;
  return [{ code: 'stops-nobody', path: `do[${only.at}]`, message, suggestion: 'add ecs.contain-service' }];
}

/**
 * A host that is drained takes nothing until somebody lets it: for a patch that is a while, for nothing it is for good. Whoever says yes to it first is to
 * replace the host, and has read that.
 */
function emptiesForNothing(rule: Rule, entries: readonly Entry[]): readonly Complaint[] {
  if (asksFirst(rule) && rule.approval?.onTimeout !== 'proceed') return [];
  const empties = entries.find(({ action: { facts } }) => facts?.emptiesHost === true);
  const needs = ({ action: { facts } }: Entry): boolean => facts?.needsHostEmpty === true;
  if (empties === undefined || entries.some(needs)) return [];
  const message = `"${empties.name}" empties a host, and nothing in this rule needs it empty: it is told in the digest, and takes nothing until somebody lets it`;
  const suggestion = 'add ssm.patch-hosts, or approval: { when: [always] } where it is to be replaced';
  return [{ code: 'empties-for-nothing', path: `do[${empties.at}]`, message, suggestion }];
}

/** What a rule would do that surely surprises somebody. Its actions' own facts say so, never their names. */
export function lintEffects(rule: Rule, actions: readonly RuleAction[]): readonly Complaint[] {
  const entries = entriesOf(rule, actions);
  const known = entries.every(({ action }) => action.facts !== undefined);
  const changing = entries.filter(({ action }) => action.facts?.changes === true);
  const found = [...irreversible(rule, entries), ...declined(rule, changing)];
  found.push(...withoutEvidence(rule, entries, changing, actions));
  found.push(...stopsNobody(entries), ...emptiesForNothing(rule, entries));
  if (known && rule.approval !== undefined && changing.length === 0) {
    const message = 'nothing that this rule does changes anything: nobody will ever be asked';
    found.push({ code: 'idle-approval', path: 'approval', message, suggestion: 'leave approval out' });
  }
  if (changing.length > 0 && unasked(rule) && everything(compiledOf(rule.when), findings)) {
    const message = 'takes every finding there is, of every source and on every kind of resource, and changes things';
    found.push({ code: 'takes-everything', path: 'when', message, suggestion: 'name a source, a kind or a type' });
  }
  return found;
}
