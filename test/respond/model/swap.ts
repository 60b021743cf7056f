import * as z from 'zod';
import { type Action, type ActionFacts, defineAction, targetKey } from '../../../shared/actions/contract.ts';
import type { Gate } from './schedule.ts';

/** What the action in two steps acts on: so many of something run, all of one version. */
export interface Swapped {
  count: number;
  version: string;
  /** Every changing call, in order: one that is made twice is seen here. */
  readonly calls: ('stop' | 'start' | 'back')[];
  /** When what was started runs. */
  runsAt: number;
}

/** How it is before anybody touches it. */
export const asFound = { count: 3, version: 'bad' } as const;

const params = z.strictObject({});
type Params = z.infer<typeof params>;
type Observed = { readonly count: number; readonly version: string; readonly running: boolean };

const facts: ActionFacts = {
  phase: 'workload',
  changes: true,
  destroysEvidence: true,
  needsWorkloadGone: false,
  issuesFreshCredentials: false,
  contains: true,
};

const possible = { possible: true, sentence: 'Undo brings the old version back.' } as const;
const startingMs = 90_000;

export class FakeSwaps {
  readonly all = new Map<string, Swapped>();

  at(key: string): Swapped {
    const known = this.all.get(key);
    if (known !== undefined) return known;
    const made: Swapped = { ...asFound, calls: [], runsAt: 0 };
    this.all.set(key, made);
    return made;
  }
}

/**
 * An action in two steps: what is bad is stopped at once; what is clean is started in the second step, and runs after a while. Its
 * calls do not forgive a repeat of what is as it was asked for.
 */
export function swapAction(swaps: FakeSwaps, now: () => number, gate: Gate): Action {
  const verdict = (holds: boolean, { count, version }: Swapped) =>
    ({ state: holds ? 'holds' : 'pending', seen: `${count} of ${version}`, absence: false }) as const;
  return defineAction<Params, Observed>({
    name: 'fake.swap',
    summary: 'Stop it, and start a clean one',
    targets: ['image'],
    params,
    example: '- fake.swap',
    permissions: () => ({ read: [], write: [] }),
    facts,
    decisive: [],
    restores: ['count', 'version'],
    volatile: ['running'],
    reversal: possible,
    limits: [],
    timeoutSeconds: 60,
    observe: (target) =>
      gate(async () => {
        const { count, version, runsAt } = swaps.at(targetKey(target));
        return { count, version, running: now() >= runsAt };
      }),
    plan: () => ({
      kind: 'step',
      sentence: 'Stop it.',
      undo: possible,
      chosen: { version: 'clean' },
      afterwards: { start: 'Start a clean one.' },
    }),
    intended: () => ({ count: 0 }),
    execute: (target) =>
      gate(async () => {
        const thing = swaps.at(targetKey(target));
        thing.calls.push('stop');
        thing.count = 0;
        return { kind: 'done', did: 'Stopped it.' };
      }),
    verify: (target) =>
      gate(async () => {
        const thing = swaps.at(targetKey(target));
        return verdict(thing.count === 0 || thing.version !== 'bad', thing);
      }),
    undo: (target, _params, before) =>
      gate(async () => {
        const thing = swaps.at(targetKey(target));
        if (thing.count === before.count && thing.version === before.version)
          return { kind: 'done', did: 'It is as it was.' };
        thing.calls.push('back');
        thing.count = before.count;
        thing.version = before.version;
        return { kind: 'done', did: 'Brought it back.' };
      }),
    verifyUndone: (target, _params, before) =>
      gate(async () => {
        const thing = swaps.at(targetKey(target));
        return verdict(thing.count === before.count && thing.version === before.version, thing);
      }),
    parts: [
      {
        name: 'start',
        needsEarlier: true,
        facts: { ...facts, phase: 'start', destroysEvidence: false, issuesFreshCredentials: true },
        intended: (_target, _params, before, chosen) => ({
          count: before.count,
          version: String(chosen['version']),
        }),
        execute: (target, _params, before, { chosen }) =>
          gate(async () => {
            const thing = swaps.at(targetKey(target));
            const version = String(chosen?.['version']);
            const asked = {
              kind: 'waiting',
              did: 'Asked.',
              correlation: targetKey(target),
              atMostSeconds: 60,
            } as const;
            if (thing.version === version && thing.count === before.count) return asked;
            thing.calls.push('start');
            thing.version = version;
            thing.count = before.count;
            thing.runsAt = now() + startingMs;
            return asked;
          }),
        verify: (target, _params, before, { chosen }) =>
          gate(async () => {
            const thing = swaps.at(targetKey(target));
            const asChosen = thing.version === chosen?.['version'] && thing.count === before.count;
            return verdict(asChosen && now() >= thing.runsAt, thing);
          }),
      },
    ],
  });
}
