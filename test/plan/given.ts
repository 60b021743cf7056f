import { noAccusation } from '../../shared/actions/accusation.ts';
import type { Planned } from '../../shared/actions/contract.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { noAnswers } from '../../shared/plan/approval.ts';
import { type AssembleInput, assemble } from '../../shared/plan/assemble.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { propose } from '../../shared/plan/propose.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { archive, evidence, fakeAction, finding, now, rule, ruleSet, step } from './fakes.ts';

export const quarantine = [
  { action: 'image.archive', params: {} },
  { action: 'evidence.take', params: {} },
];
export const enforcing = ruleSet([rule({ name: 'r1', do: quarantine })]);
export const observing = ruleSet([rule({ name: 'r1', do: quarantine, mode: 'observe' })]);
export const stop = fakeAction('task.stop', {
  phase: 'workload',
  changes: true,
  contains: true,
  destroysEvidence: true,
});
const revoke = fakeAction('role.revoke', { phase: 'role', changes: true, contains: false }, false);

interface Given {
  readonly set?: RuleSet;
  readonly findings?: readonly Finding[];
  readonly planned?: (name: string) => Planned | undefined;
  readonly heldReason?: string | null;
}

export function input({ set = enforcing, findings = [finding()], planned, heldReason = null }: Given): AssembleInput {
  const matched = findings.map((one) => decideFinding(one, set, now));
  const { proposals, notDone } = propose(matched, set, [evidence, archive, stop, revoke], now);
  return {
    matched,
    set,
    notDone,
    heldReason,
    cause: null,
    roles: [],
    answers: noAnswers(now),
    proposals: proposals.map((proposal) => ({
      proposal,
      planned: planned?.(proposal.action.name) ?? step(proposal.action),
      observed: { use: 'no', when: 'now', owner: 'payments', seen: ['graph line'] },
      accusation: noAccusation,
    })),
  };
}
export const planOf = (given: Given = {}) => assemble(input(given));
export const held: Planned = { kind: 'hold', reason: 'A service runs it.', seen: ['service checkout runs it'] };
export const gone: Planned = { kind: 'skip', reason: 'It is archived already.' };
export const only = (name: string, planned: Planned) => (action: string) => (action === name ? planned : undefined);

/** What runs of a plan that is held or observed under rules that enforce: it changes nothing. */
export const evidenceAlone = [{ action: 'evidence.take' }];
