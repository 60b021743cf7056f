import * as z from 'zod';
import { type Action, type ActionFacts, defineAction, type Planned } from '../../shared/actions/contract.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import type { Exemption, Rule, RuleSet } from '../../shared/rules/rule.ts';
import { imageIn, oneFinding, scan } from '../finding/sampleEvent.ts';

export const now = new Date('2026-11-20T10:00:00.000Z');

const reads: ActionFacts = {
  phase: 'evidence',
  changes: false,
  destroysEvidence: false,
  needsWorkloadGone: false,
  issuesFreshCredentials: false,
  contains: false,
};
export const factsOf = (facts: Partial<ActionFacts>): ActionFacts => ({ ...reads, ...facts });

/** An action that does nothing, with the facts that a test is about. */
export function fakeAction(name: string, facts: Partial<ActionFacts> = {}, undoable = true): Action {
  return defineAction<Record<string, never>, { use: string; when: string }>({
    name,
    summary: `Do ${name}`,
    targets: ['image'],
    params: z.object({}) as never,
    example: `- ${name}`,
    permissions: () => ({
      read: [{ action: `${name}:Read`, resource: '*', why: 'a fake' }],
      write: facts.changes === true ? [{ action: `${name}:Write`, resource: 'arn:fake' }] : [],
    }),
    facts: factsOf(facts),
    decisive: ['use'],
    restores: [],
    volatile: ['when'],
    reversal: undoable
      ? { possible: true, sentence: `Put back ${name}.` }
      : { possible: false, why: `${name} is for good` },
    limits: [],
    timeoutSeconds: 1,
    observe: () => Promise.reject(new Error('a fake observes nothing')),
    plan: () => ({ kind: 'skip', reason: 'a fake' }),
    intended: () => ({}),
    execute: () => Promise.reject(new Error('a fake does nothing')),
    verify: () => Promise.reject(new Error('a fake verifies nothing')),
    ...(undoable ? { undo: () => Promise.reject(new Error('a fake undoes nothing')) } : {}),
  });
}

export const evidence = fakeAction('evidence.take');
export const archive = fakeAction('image.archive', {
  phase: 'image',
  changes: true,
  contains: true,
  needsWorkloadGone: true,
});

export const step = (action: Action): Planned => ({
  kind: 'step',
  sentence: `${action.name} it.`,
  undo: action.reversal,
});

export const rule = (fields: Partial<Rule> & { name: string }): Rule => ({
  description: '',
  order: 100,
  when: { type: ['ImageScan'] },
  do: [{ action: 'image.archive', params: {} }],
  mode: 'enforce',
  page: {},
  ...fields,
});

export const ruleSet = (rules: readonly Rule[], exemptions: readonly Exemption[] = []): RuleSet => ({
  rules,
  exemptions,
  settings: {
    defaultMode: 'observe',
    observeOnly: false,
    quietHours: 24,
    holdAfterUndoHours: 24,
    quietPullDays: 30,
    causeWindowMinutes: 60,
    longestExemptionDays: 90,
    protected: [],
  },
});

export const exemption = (fields: Partial<Exemption> = {}): Exemption => ({
  name: 'e1',
  when: { type: ['ImageScan'] },
  owner: 'team-a',
  reason: 'known',
  expires: '2027-01-01T00:00:00.000Z',
  ...fields,
});

/** The image that `finding` is about. */
export const image = imageIn(oneFinding(scan()));

export const finding = (fields: Partial<Finding> = {}): Finding => ({ ...oneFinding(scan()), ...fields });
