import { describe, expect, it } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import type { ActionFacts } from '../../shared/actions/facts.ts';
import { emptiedForSomething } from '../../shared/plan/emptiedHost.ts';
import { apartFromThreats } from '../../shared/plan/fixes.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import type { Observation } from '../../shared/plan/steps.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';
import { now, ruleSet } from './fakes.ts';

const one = (name: string, facts: Partial<ActionFacts>, planned: object, id = 'i-1'): Observation =>
  ({
    proposal: { action: { name, facts }, target: { kind: 'instance', id, account: '1', region: 'r' } },
    planned: planned as Planned,
  }) as unknown as Observation;

const step = { kind: 'step', sentence: 'Do it.' };
const skip = { kind: 'skip', reason: 'nothing is left to install' };
const hold = { kind: 'hold', reason: 'a pod is of no controller', seen: ['shop/debug'] };
const drain = (planned: object, id?: string) => one('eks.drain-node', { emptiesHost: true }, planned, id);
const patch = (planned: object, id?: string) =>
  one('ssm.patch-hosts', { needsHostEmpty: true, canWait: true }, planned, id);
const kinds = (all: readonly Observation[]) => emptiedForSomething(all).map(({ planned }) => planned.kind);

describe('a host', () => {
  it('is emptied for what needs it so, and for a rule that asks for nothing else', () => {
    expect(kinds([drain(step), patch(step)])).toEqual(['step', 'step']);
    expect(kinds([drain(step)])).toEqual(['step']);
  });

  it('is left as it is where that has nothing to do', () => {
    const [left] = emptiedForSomething([drain(step), patch(skip)]);
    expect(left?.planned).toEqual({
      kind: 'skip',
      reason:
        'i-1 is not emptied: ssm.patch-hosts, for which it would be, has nothing to do: nothing is left to install',
    });
    expect(kinds([drain(hold), patch(skip)])).toEqual(['skip', 'skip']);
    expect(kinds([drain(step), patch(step), patch(skip, 'i-2')])).toEqual(['step', 'step', 'skip']);
    expect(kinds([drain(step), patch(hold)])).toEqual(['step', 'hold']);
  });

  it('is emptied once where what needs it does that by itself, and held with that all the same', () => {
    const itself = { ...step, emptiesItself: true };
    const [left, goesOn] = emptiedForSomething([drain(step), patch(itself)]);
    expect(left?.planned).toEqual({
      kind: 'skip',
      reason: 'i-1 is not emptied: ssm.patch-hosts does that itself, and lets it take work again',
      expected: true,
    });
    expect(goesOn?.planned).toEqual(itself);
    expect(kinds([drain(hold), patch(itself)])).toEqual(['hold', 'hold']);
    expect(kinds([drain(step), patch(itself, 'i-2')])).toEqual(['step', 'step']);
    // The patch is over, and the host takes work again.
    const [notAgain] = emptiedForSomething([drain(step), { ...patch(step), stands: true }]);
    expect(notAgain?.planned).toMatchObject({ kind: 'skip', reason: expect.stringContaining('has begun already') });
    // What was emptied for it stays in the plan.
    expect(
      kinds([
        { ...drain(step), stands: true },
        { ...patch(step), stands: true },
      ]),
    ).toEqual(['step', 'step']);
  });

  it('that cannot be emptied is not asked about, and its own reason is told', () => {
    const [, held] = emptiedForSomething([drain(hold), patch(step)]);
    expect(held?.planned).toMatchObject({
      kind: 'hold',
      reason: 'ssm.patch-hosts needs it empty, and it cannot be emptied: a pod is of no controller',
      seen: ['shop/debug'],
    });
    expect(kinds([drain(hold), patch(step, 'i-2')])).toEqual(['hold', 'step']);
  });

  it('is not emptied for a patch that is left out because somebody is at work', () => {
    const threat = oneFinding(sampleEvent('guardduty-instance-bitcoin-dns'));
    const matched = [{ ...decideFinding(threat, ruleSet([]), now), decision: 'rule' as const }];
    const { proposals, notDone } = apartFromThreats([drain(step), patch(step), drain(step, 'i-2')], matched);
    expect(proposals.map(({ proposal }) => proposal.target.id)).toEqual(['i-2']);
    expect(notDone).toEqual([
      'eks.drain-node on i-1: not while a threat on it is open.',
      'ssm.patch-hosts on i-1: not while a threat on it is open.',
    ]);
  });
});
