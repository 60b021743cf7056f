import { describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import type { StoredFinding } from '../../shared/incident/items.ts';
import { keys } from '../../shared/incident/keys.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { changeAttribute } from '../../shared/incident/targets.ts';
import { emptyPlan } from '../../shared/plan/emptyPlan.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { atWorkUntil } from '../../shared/respond/breached.ts';
import { deliver } from '../../shared/respond/intake.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { miner, threatFinding } from '../plan/threats.ts';
import { findingIn, scanEvent } from './model/events.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

/** Rules that contain mild findings, too. */
const set = {
  ...rules,
  rules: rules.rules.map((rule) => ({ ...rule, when: { severity: [{ numeric: ['>=', 1] }] } })),
};
const medium = 'Trojan:Runtime/BlackholeTraffic';

/** A threat about the image that the lab shuts, seen at this time. */
const threatAt = (type: string, observedAt: string, severity: number, sample = false): Finding =>
  threatFinding(type, {}, { resource: findingIn(scanEvent()).resource, observedAt, severity, sample });

/** Contained at 09:00 for this finding; then the next comes. What the plan says by then. */
async function afterwards(first: Finding | undefined, next: Finding | undefined, holds = false, under: RuleSet = set) {
  const lab = new Lab({ set: under });
  lab.thing.status = 'open';
  const bring = async (finding: Finding | undefined, event: string, second: number): Promise<void> => {
    if (finding === undefined) await lab.takeIn({ id: event, critical: 1 + second, second });
    else await deliver(lab.effects, lab.incident, { finding, hash: contentHash(finding, []), event });
  };
  await bring(first, 'event-1', 0);
  await lab.run();
  lab.pass(60_000);
  await bring(next, 'event-2', 7200);
  if (!holds) lab.thing.status = 'open';
  await lab.decide();
  const stored = await planOfRun(lab.effects.bodies, await lab.head(), 1);
  return { class: stored?.plan.class, breached: stored?.breached };
}

const contained = '2026-11-20T09:00:00.000Z';
const before = '2026-11-20T08:59:59.000Z';
const after = '2026-11-20T09:00:30.000Z';

describe('activity after a verified containment', () => {
  it.each([
    ['a miner', miner, 8, 'B'],
    ['what alone would wait for the morning', medium, 5, 'B'],
  ])('of %s is of the worst class; before it, it is what it was', async (_what, type, severity, kind) => {
    const first = threatAt(type, before, severity);
    expect(await afterwards(first, { ...first, observedAt: after })).toEqual({ class: 'A', breached: contained });
    expect(await afterwards(first, { ...first, id: 'b', title: 'x' })).toEqual({ class: kind, breached: null });
  });

  it('is none where the containment holds as read again: it is reported late', async () => {
    const first = threatAt(miner, before, 8);
    expect(await afterwards(first, { ...first, observedAt: after }, true)).toEqual({ class: 'B', breached: null });
  });

  it('of a threat of any severity wakes somebody: it goes on in spite of us', async () => {
    const milder = threatAt('Impact:Runtime/SuspiciousDomainRequest.Reputation', after, 2);
    expect(await afterwards(threatAt(medium, before, 5), milder)).toEqual({ class: 'A', breached: contained });
  });

  it('is none that a product tells of to which no rule listens that acts', async () => {
    const [acting] = set.rules;
    if (acting === undefined) throw new Error('no rule');
    const listening = (mode: 'enforce' | 'observe') => ({
      ...set,
      rules: [
        { ...acting, when: { source: ['guardduty'] } },
        { ...acting, name: 'watches', when: { source: ['securityhub'] }, mode },
      ],
    });
    const product = { id: '123456789012/default', name: null, generator: null, types: [] };
    const told = { ...threatAt('TTPs/x', after, 5), source: 'securityhub', product } as unknown as Finding;
    const first = threatAt(miner, before, 8);
    expect(await afterwards(first, told, false, listening('observe'))).toEqual({ class: 'B', breached: null });
    expect(await afterwards(first, told, false, listening('enforce'))).toEqual({ class: 'A', breached: contained });
  });

  it('is none where nobody is at work: a vulnerability is there, as before', async () => {
    expect(await afterwards(undefined, undefined)).toEqual({ class: 'C', breached: null });
  });

  it('is none where a vulnerability is found later, beside a threat that was contained', async () => {
    const first = threatAt(miner, before, 8);
    expect(await afterwards(first, undefined)).toEqual({ class: 'B', breached: null });
  });

  it('is none that a sample tells of', async () => {
    const sample = threatAt(miner, after, 8, true);
    expect(await afterwards(undefined, sample)).toEqual({ class: 'C', breached: null });
  });
});

it('counts as a threat’s what the head was told of and no finding says yet', () => {
  const finding = threatAt(miner, before, 8);
  const stored = { id: finding.id, activity: before } as StoredFinding;
  const plan = { ...emptyPlan, findings: [{ finding, decision: 'rule', reason: '', rule: null }] } as unknown as Plan;
  expect(atWorkUntil({ lastFindingAt: after }, [stored], plan.findings)).toBe(after);
  expect(atWorkUntil({ lastFindingAt: before }, [stored], plan.findings)).toBe(before);
});

it('is known though its incident was closed since: the same finding goes on, and another is another incident', async () => {
  const quiet = 25 * 3_600_000;
  const first = threatAt(miner, before, 8);
  const reopenedBy = async (next: Finding) => {
    const lab = new Lab({ set });
    lab.thing.status = 'open';
    const bring = (finding: Finding, event: string) =>
      deliver(lab.effects, lab.incident, { finding, hash: contentHash(finding, []), event });
    await bring(first, 'event-1');
    await lab.run();
    // As of a task that was stopped: nothing stands of it.
    const { target, changes } = await lab.record();
    const remove = changes.map(({ action }) => changeAttribute(action));
    await lab.world.table.update(keys.target(target), {}, { remove });
    lab.thing.status = 'open';
    lab.pass(quiet);
    await sweep(lab.effects);
    expect((await lab.head()).state).toBe('closed');
    await bring(next, 'event-2');
    await lab.decide();
    return (await planOfRun(lab.effects.bodies, await lab.head(), 1))?.breached;
  };
  const muchLater = '2026-11-21T11:00:00.000Z';
  expect(await reopenedBy({ ...first, observedAt: muchLater })).toBe(contained);
  expect(await reopenedBy({ ...first, id: `${first.id}#another-task`, observedAt: muchLater })).toBe(contained);
  expect(await reopenedBy({ ...first, id: 'b', observedAt: muchLater })).toBeNull();
});
