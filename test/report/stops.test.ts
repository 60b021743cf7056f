import { describe, expect, test } from 'vitest';
import type { Stop } from '../../shared/plan/stop.ts';
import { composeMessage } from '../../shared/report/compose.ts';
import { outcomeOf } from '../../shared/report/outcome.ts';
import { calm, situationOf } from '../../shared/report/situation.ts';
import { tierOf } from '../../shared/report/tier.ts';
import { planOf } from '../plan/given.ts';

const at = '2026-11-20T11:00:00.000Z';
const stop = (kind: Stop['kind'], fields: Partial<Stop> = {}): Stop => ({
  kind,
  of: kind === 'pause' ? 'everything' : 'x',
  until: at,
  why: `Because of a ${kind}.`,
  ...fields,
});

const plan = planOf();
const verified = { state: 'holds', seen: 'seen', at };
const done = plan.steps.map(({ key }, step) => ({ step, key, state: 'done' as const, verified }));
const heldBy = (...stops: readonly Stop[]) =>
  plan.steps.map(({ key, facts }, step) =>
    facts.changes ? { step, key, state: 'held' as const, failed: 'No.', stops } : { step, key, state: 'done' as const },
  );

const composed = (
  receipts: readonly (typeof done | ReturnType<typeof heldBy>)[number][],
  of = plan,
  stage = 'prod',
) => {
  const outcome = outcomeOf(of, receipts, { direction: 'do' });
  const about = { incident: 'image/1/eu-west-1/x', run: 'r', direction: 'do', outcome, plan: of, receipts } as const;
  return { outcome, ...composeMessage({ ...about, heldUntil: null, now: new Date(at), stage }) };
};

describe('what is held by something that ends without a finding', () => {
  test.each([
    ['pause', 'held, changes are paused', 'firebreak resume --stage prod'],
    ['hold', 'held by a person', 'firebreak contain x --stage prod'],
    ['freeze', 'held, changes are frozen', 'is in the settings'],
    ['budget', 'held, a limit is reached', `There is room again at ${at}`],
    ['breaker', 'held, its rule is stopped', 'firebreak resume --rule x --stage prod'],
    ['unread', 'held, its limits cannot be read', 'log of the act function'],
  ] as const)('(%s) says so first, and what lets it go on', (kind, words, todo) => {
    const { outcome, subject, body } = composed(heldBy(stop(kind)));
    expect(outcome).toBe('held');
    expect(subject).toContain(words);
    expect(body.split('\n')[0]).toContain(words);
    expect(body).toContain(todo);
    expect(body).toContain('decided again by itself');
  });

  test.each([
    ['C', 'pause', 'notice'],
    ['C', 'hold', 'notice'],
    ['C', 'freeze', 'notice'],
    ['C', 'budget', 'notice'],
    ['C', 'breaker', 'page'],
    ['C', 'unread', 'page'],
    ['B', 'pause', 'page'],
    ['B', 'hold', 'page'],
    ['A', 'budget', 'page'],
  ] as const)('of class %s by a %s is a %s', (kind, what, tier) => {
    const situation = situationOf(plan, heldBy(stop(what)), null);
    expect(tierOf('held', { class: kind, page: {}, openRoles: [] }, situation)).toBe(tier);
  });

  test('wakes somebody when something else holds it, too', () => {
    const [first] = heldBy(stop('pause'));
    const others = [...heldBy(stop('pause')), { ...first, step: 9, key: 'x', state: 'held' as const, stops: [] }];
    const situation = situationOf(plan, others as never, null);
    expect(tierOf('held', { class: 'C', page: {}, openRoles: [] }, situation)).toBe('page');
    const held = { ...plan, decision: 'hold', stops: [stop('pause')] } as const;
    expect(situationOf(held, [], null).passes).toBe(false);
    expect(situationOf({ ...held, passes: true }, [], null).passes).toBe(true);
  });

  test('beside what is contained is no whole containment', () => {
    expect(outcomeOf(plan, done, { direction: 'do' })).toBe('contained');
    const partly = { ...plan, stops: [stop('pause')] };
    const { outcome, subject, tier, body } = composed(done, partly);
    expect({ outcome, tier }).toEqual({ outcome: 'degraded', tier: 'notice' });
    expect(subject).toContain('contained, a part is held');
    expect(body).toContain('and a part of it waits');
    expect(body).not.toContain('Finish by hand');
  });

  test('is written by no attacker: a name goes into a shell as one word', () => {
    const { body } = composed(heldBy(stop('pause', { of: "x'; rm -rf /\nGET UP" })));
    expect(body).toContain(`--target 'x'\\''; rm -rf / GET UP' --stage prod`);
  });

  test('is said beside what failed, too', () => {
    const receipts = heldBy(stop('hold', { of: "x';reboot" })).map((one) =>
      one.state === 'held' ? { ...one, state: 'failed' as const } : one,
    );
    const { outcome, body } = composed(receipts as never);
    expect(outcome).toBe('not-contained');
    expect(body).toContain(`firebreak contain 'x'\\'';reboot' --stage prod`);
  });

  test('is nothing where nothing is held', () => {
    expect(situationOf(plan, done, null)).toEqual({ ...calm, changed: true, openRoles: false });
  });
});
