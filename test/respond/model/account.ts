import * as z from 'zod';
import { type Action, type ActionFacts, defineAction, targetKey } from '../../../shared/actions/contract.ts';
import { ActionFailed, TargetGone } from '../../../shared/platform/errors.ts';
import type { Gate } from './schedule.ts';

type Status = 'open' | 'shut' | 'opening' | 'ajar';

/** What the fake actions act on: things that are open, and can be shut. */
export interface Thing {
  status: Status;
  /** Every changing call, in order: an action that is called twice is seen here. */
  readonly calls: ('shut' | 'open' | 'ajar')[];
  /** When it was shut, each time, ms. */
  readonly shutAt: number[];
  /** When what is opening is open. */
  opensAt: number;
  inUse: boolean;
}

export class FakeAccount {
  readonly things = new Map<string, Thing>();
  evidence = 0;

  thing(key: string): Thing {
    const known = this.things.get(key);
    if (known !== undefined) return known;
    const made: Thing = { status: 'open', calls: [], shutAt: [], opensAt: 0, inUse: false };
    this.things.set(key, made);
    return made;
  }

  /** As AWS shows it at this time. */
  read(key: string, now: number): Status {
    const thing = this.things.get(key);
    if (thing === undefined) throw new TargetGone(`${key} is not there`);
    if (thing.status === 'opening' && now >= thing.opensAt) thing.status = 'open';
    return thing.status;
  }
}

const params = z.strictObject({});
type Params = z.infer<typeof params>;
type Observed = { readonly status: Status; readonly inUse: boolean; readonly noise: number };

const facts: ActionFacts = {
  phase: 'image',
  changes: true,
  destroysEvidence: false,
  needsWorkloadGone: true,
  issuesFreshCredentials: false,
  contains: true,
};

const permissions = () => ({ read: [], write: [] });
const possible = { possible: true, sentence: 'Undo opens it again.' } as const;
const openingMs = 60_000;

/**
 * Two actions by the contract, with every call through the gate, so that crashes fall between calls and receipts. Neither is
 * forgiving: shutting what is shut is counted as a second call.
 */
export function fakeActions(account: FakeAccount, now: () => number, gate: Gate): readonly Action[] {
  const shut = defineAction<Params, Observed>({
    name: 'fake.shut',
    summary: 'Shut it',
    targets: ['image'],
    params,
    example: '- fake.shut',
    permissions,
    facts,
    decisive: ['inUse'],
    restores: ['status'],
    volatile: ['noise'],
    reversal: possible,
    limits: [],
    timeoutSeconds: 60,
    observe: (target) =>
      gate(async () => {
        const key = targetKey(target);
        return { status: account.read(key, now()), inUse: account.thing(key).inUse, noise: now() };
      }),
    plan: (_target, _params, { status, inUse }) => {
      if (inUse) return { kind: 'hold', reason: 'It is in use.', seen: ['a task'] };
      if (status === 'shut') return { kind: 'skip', reason: 'It is shut already.' };
      return { kind: 'step', sentence: 'Shut it.', undo: possible };
    },
    intended: () => ({ status: 'shut' }),
    execute: (target) =>
      gate(async () => {
        const thing = account.thing(targetKey(target));
        thing.calls.push('shut');
        thing.shutAt.push(now());
        thing.status = 'shut';
        return { kind: 'done', did: 'Shut it.' };
      }),
    verify: (target) =>
      gate(async () => {
        const status = account.read(targetKey(target), now());
        return { state: status === 'shut' ? 'holds' : 'pending', seen: `It is ${status}.`, absence: false };
      }),
    undo: (target) =>
      gate(async () => {
        const thing = account.thing(targetKey(target));
        if (thing.status !== 'shut') return { kind: 'done', did: 'It is open or opening already.' };
        thing.calls.push('open');
        thing.status = 'opening';
        thing.opensAt = now() + openingMs;
        return { kind: 'waiting', did: 'Asked to open it.', correlation: targetKey(target), atMostSeconds: 60 };
      }),
    verifyUndone: (target) =>
      gate(async () => {
        const status = account.read(targetKey(target), now());
        const state = status === 'open' ? 'holds' : status === 'opening' ? 'pending' : 'broken';
        return { state, seen: `It is ${status}.`, absence: false };
      }),
    release: {
      takesVersion: true,
      plan: (_target, _params, _before, to, { chosen = {} }) =>
        gate(async () => {
          if (to === 'bad') return { kind: 'refused', reason: 'It stays contained: bad is accused.' };
          if (to === 'other') return { kind: 'elsewhere', reason: 'It stays contained: other is not of its family.' };
          const runs = to === null || !to.startsWith('image/') ? [] : [to];
          return {
            kind: 'release',
            sentence: 'Leave it ajar.',
            chosen: { ...chosen, to },
            runs,
            named: to !== null && to !== 'unnamed',
          };
        }),
      intended: () => ({ status: 'ajar' }),
      execute: (target) =>
        gate(async () => {
          const thing = account.thing(targetKey(target));
          if (thing.status === 'ajar') return { kind: 'done', did: 'It is ajar already.' };
          thing.calls.push('ajar');
          thing.status = 'ajar';
          return { kind: 'done', did: 'Left it ajar.' };
        }),
      verify: (target) =>
        gate(async () => {
          const status = account.read(targetKey(target), now());
          return { state: status === 'ajar' ? 'holds' : 'broken', seen: `It is ${status}.`, absence: false };
        }),
    },
  });
  const look = defineAction<Params, { readonly seen: readonly string[] }>({
    name: 'fake.look',
    summary: 'Look at it',
    targets: ['image'],
    params,
    example: '- fake.look',
    permissions,
    facts: { ...facts, phase: 'evidence', changes: false, needsWorkloadGone: false, contains: false },
    decisive: [],
    restores: [],
    volatile: ['seen'],
    reversal: { possible: false, why: 'It only looks.' },
    limits: [],
    timeoutSeconds: 60,
    observe: async () => ({ seen: [] }),
    plan: () => ({ kind: 'step', sentence: 'Look at it.', undo: { possible: false, why: 'It only looks.' } }),
    intended: () => ({}),
    execute: (_target, _params, _before, context) =>
      gate(async () => {
        if (context.findings.length === 0) throw new ActionFailed('There is no finding to store.');
        account.evidence += 1;
        return { kind: 'done', did: 'Looked at it.' };
      }),
    verify: async () => ({ state: 'holds', seen: 'It was looked at.', absence: false }),
  });
  return [look, shut];
}
