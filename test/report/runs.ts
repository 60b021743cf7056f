import { noAccusation } from '../../shared/actions/accusation.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import type { Receipt } from '../../shared/incident/items.ts';
import { noAnswers } from '../../shared/plan/approval.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { propose } from '../../shared/plan/propose.ts';
import { composeMessage, type MessageInput } from '../../shared/report/compose.ts';
import { archive, evidence, finding, now, rule, ruleSet, step } from '../plan/fakes.ts';

const both = [
  { action: 'image.archive', params: {} },
  { action: 'evidence.take', params: {} },
];

/** The plan "take evidence, then archive the image", about these findings. */
export function planFor(findings: readonly Finding[] = [finding()], actions = both): Plan {
  const set = ruleSet([rule({ name: 'r1', do: actions })]);
  const matched = findings.map((one) => decideFinding(one, set, now));
  const { proposals, notDone } = propose(matched, set, [evidence, archive], now);
  return assemble({
    matched,
    set,
    notDone,
    heldReason: null,
    cause: null,
    roles: [],
    answers: noAnswers(now),
    proposals: proposals.map((proposal) => ({
      proposal,
      planned: step(proposal.action),
      observed: { owner: 'payments' },
      accusation: noAccusation,
    })),
  });
}

export const at = '2026-11-20T10:00:05.000Z';

/** A receipt of the plan's step with this action; done, started and read back as holding unless said otherwise. */
export function receipt(plan: Plan, action: string, fields: Partial<Receipt> = {}): Receipt {
  const index = plan.steps.findIndex((one) => one.action === action);
  return {
    step: index,
    key: plan.steps[index]?.key ?? 'none',
    state: 'done',
    did: `Did ${action}.`,
    startedAt: at,
    endedAt: at,
    verified: { state: 'holds', seen: `${action} is so`, at },
    ...fields,
  };
}

/** The receipt as it is when nobody read anything back. */
export function unverified(plan: Plan, action: string, fields: Partial<Receipt> = {}): Receipt {
  const { verified: _, ...rest } = receipt(plan, action, fields);
  return rest;
}

/** The part of a message's body that begins with this heading; empty when there is none. */
export const section = (body: string, heading: string): string =>
  body.split('\n\n').find((part) => part.startsWith(heading)) ?? '';

/** The incident that `message` is about. */
export const incident =
  'image/123456789012/us-east-1/payments/checkout-api@sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';

export const message = (fields: Partial<MessageInput> = {}) => {
  const plan = fields.plan ?? planFor();
  return composeMessage({
    incident,
    run: 'run1',
    direction: 'do',
    outcome: 'contained',
    plan,
    receipts: [receipt(plan, 'image.archive'), receipt(plan, 'evidence.take')],
    heldUntil: null,
    now,
    stage: 'prod',
    ...fields,
  });
};
