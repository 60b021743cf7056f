import { type Action, type Planned, type Step, type Target, targetKey } from '../actions/contract.ts';
import type { JsonObject } from '../platform/json.ts';
import type { Proposal } from './propose.ts';

/** A proposal with what its action read and said. */
export interface Observation {
  readonly proposal: Proposal;
  readonly planned: Planned;
  /** What the action observed; null when nothing was read. */
  readonly observed: JsonObject | null;
  /** Why nothing was read, for `explain` without an account. In production, what cannot be read is held instead. */
  readonly unobserved?: string;
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

/** Names of the calls that change something; of those that read, where nothing is changed. */
export function permissionNames(action: Action, target: Target): readonly string[] {
  const { read, write } = action.permissions(target);
  return [...new Set((write.length > 0 ? write : read).map((permission) => permission.action))];
}

const decisiveOf = (action: Action, observed: JsonObject | null): JsonObject =>
  observed === null
    ? {}
    : Object.fromEntries(
        action.decisive.flatMap((field) => {
          const value = observed[field];
          return value === undefined ? [] : [[field, value]];
        }),
      );

/** The step of a proposal; of one that is held, what would be done. Null for what is skipped. Its needs come with the order. */
export function stepOf({ proposal, planned, observed, unobserved }: Observation): Step | null {
  if (planned.kind === 'skip') return null;
  const { action, target, params, members } = proposal;
  const said = planned.kind === 'step' ? planned : plannedUnread(action, target);
  if (said.kind !== 'step') return null;
  return {
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
    ...(members !== undefined && members.length > 1 ? { members: members.map(targetKey) } : {}),
  };
}
