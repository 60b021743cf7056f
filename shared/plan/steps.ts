import type { Accusation } from '../actions/accusation.ts';
import { type Action, type Afterwards, type Planned, type Step, type Target, targetKey } from '../actions/contract.ts';
import type { JsonObject } from '../platform/json.ts';
import type { OnTimeout } from '../rules/rule.ts';
import { budgetsOf, leastHealthyOf } from './budget.ts';
import { partKey } from './order.ts';
import type { Answer, Approved } from './plan.ts';
import type { Proposal } from './propose.ts';
import type { Stop } from './stop.ts';

export type PlannedStep = Extract<Planned, { readonly kind: 'step' }>;

/** What a person is asked about one proposal. */
export interface Question {
  /** Hash of what would be done: the same question again, or another one. */
  readonly step: string;
  readonly would: PlannedStep;
  /** The least that would be done instead; null where the action knows none. */
  readonly least: PlannedStep | null;
  /** Null: it waits without an end. */
  readonly timeoutSeconds: number | null;
  readonly onTimeout: OnTimeout;
  /** One person alone cannot approve it. */
  readonly twoPeople?: true;
}

/** A proposal with what its action read and said. */
export interface Observation {
  readonly proposal: Proposal;
  readonly planned: Planned;
  /** What it was observed and planned against. */
  readonly accusation: Accusation;
  /** What the action observed; null when nothing was read. */
  readonly observed: JsonObject | null;
  /** Why nothing was read, for `explain` without an account. In production, what cannot be read is held instead. */
  readonly unobserved?: string;
  /** Whether the containment that stands there was read again and holds; absent where none stands, or nobody is at work. */
  readonly holds?: boolean;
  /** A change of this action stands there, or has started. */
  readonly stands?: true;
  /** What it is held for that ends without a finding; absent where nothing does. */
  readonly stops?: readonly Stop[];
  /** A change of this action stands there that can be put back: it went through all of this when it was begun. */
  readonly kept?: true;
  /** Held for a person's answer, to this. */
  readonly asks?: Question;
  /** Who approved it; absent where nobody had to. */
  readonly approved?: Approved;
  /** Held because a person said no. */
  readonly rejected?: Answer;
}

/** The lines of text that an action observed under `seen`, to be shown to people. */
export function seenLines(observed: JsonObject | null): readonly string[] {
  const seen = observed?.['seen'];
  return Array.isArray(seen) ? seen.filter((line): line is string => typeof line === 'string') : [];
}

const stepKey = (action: Action, target: Target): string => `${action.name} ${targetKey(target)}`;

/** What a plan says of an action whose account was not read: what it would do, and nothing about whether it could. */
export const plannedUnread = (action: Action, target: Target): Planned => ({
  kind: 'step',
  sentence: `${action.summary}: ${target.id}`,
  undo: action.reversal,
});

/** Key of what a target shares with others of which one may be changed at a time. Undefined: nothing, or it was not read. */
export function turnOf(
  { turn }: Pick<Action, 'turn'>,
  target: Target,
  observed: JsonObject | null,
): string | undefined {
  const shared = observed === null ? null : (turn?.(target, observed) ?? null);
  return shared === null ? undefined : targetKey(shared);
}

/** Names of the calls that change something; of those that read, where nothing is changed. */
export function permissionNames(action: Action, target: Target): readonly string[] {
  const { read, write } = action.permissions(target);
  return [...new Set((write.length > 0 ? write : read).map((permission) => permission.action))];
}

export const decisiveOf = (action: Action, observed: JsonObject | null): JsonObject =>
  observed === null
    ? {}
    : Object.fromEntries(
        action.decisive.flatMap((field) => {
          const value = observed[field];
          return value === undefined ? [] : [[field, value]];
        }),
      );

/** The later steps of an action that has some, as far as the plan needs them. */
function laterOf(first: Step, { parts = [] }: Action, afterwards: Afterwards = {}): readonly Step[] {
  const { afterwards: _first, remains: _said, reopens: _too, ...rest } = first;
  return parts.flatMap(({ name, facts, needsEarlier, reversal, closes }, index) => {
    const sentence = afterwards[name];
    if (sentence === undefined) return [];
    const part = { name, at: index + 1, needsEarlier, ...(closes === undefined ? {} : { closes }) };
    return [{ ...rest, key: partKey(first.key, name), part, facts, sentence, undo: reversal ?? first.undo }];
  });
}

/** What bounds a change when it is begun: whose it is, and how many of them there may be. */
function boundsOf(
  { proposal: { action, target, rules, limited = [] }, approved }: Observation,
  turn: string | undefined,
): Pick<Step, 'by' | 'budgets' | 'leastHealthyPercent'> {
  if (!action.facts.changes) return {};
  const budgets = budgetsOf(limited, target, turn);
  // Whoever approved it has seen how little it leaves.
  const least = approved?.how === 'person' ? undefined : leastHealthyOf(limited);
  return {
    by: rules,
    ...(budgets.length === 0 ? {} : { budgets }),
    ...(least === undefined ? {} : { leastHealthyPercent: least }),
  };
}

/** The steps of a proposal; of one that is held, what would be done. None for what is skipped. Their needs come with the order. */
export function stepsOf(observation: Observation): readonly Step[] {
  const { proposal, planned, observed, unobserved, accusation, asks } = observation;
  if (planned.kind === 'skip') return [];
  const { action, target, params, members } = proposal;
  const said = planned.kind === 'step' ? planned : (asks?.would ?? plannedUnread(action, target));
  if (said.kind !== 'step') return [];
  const turn = turnOf(action, target, observed);
  const first: Step = {
    key: stepKey(action, target),
    action: action.name,
    target,
    params,
    direction: 'do',
    needs: [],
    sentence: unobserved === undefined ? said.sentence : `${said.sentence} (the account was not read: ${unobserved})`,
    undo: said.undo,
    facts: action.facts,
    decisive: decisiveOf(action, observed),
    permissions: permissionNames(action, target),
    accusation,
    ...(said.chosen === undefined ? {} : { chosen: said.chosen }),
    ...(said.afterwards === undefined ? {} : { afterwards: said.afterwards }),
    ...(turn === undefined ? {} : { turn }),
    ...(said.remains === undefined ? {} : { remains: said.remains }),
    ...(said.reopens === undefined ? {} : { reopens: said.reopens }),
    ...(members !== undefined && members.length > 1 ? { members: members.map(targetKey) } : {}),
    ...boundsOf(observation, turn),
  };
  return [first, ...laterOf(first, action, said.afterwards)];
}
