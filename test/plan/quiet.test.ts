import { describe, expect, it } from 'vitest';
import { calm } from '../../shared/report/situation.ts';
import { unlessQuiet } from '../../shared/report/tier.ts';
import { exemption, finding, now, rule, ruleSet } from './fakes.ts';
import { planOf, quarantine } from './given.ts';

const paging = (fields: Parameters<typeof exemption>[0] = {}) => exemption({ scope: 'paging', ...fields });
const planWith = (exemptions: ReturnType<typeof exemption>[], findings = [finding()]) =>
  planOf({ set: ruleSet([rule({ name: 'r1', do: quarantine })], exemptions), findings });

describe('a plan whose findings are exempted from paging', () => {
  it('does what it would do, and says who is not woken, until when, and why', () => {
    const [plain, quiet] = [planWith([]), planWith([paging()])];
    expect(quiet.steps).toEqual(plain.steps);
    expect(quiet.decision).toBe('contain');
    expect(plain).not.toHaveProperty('quiet');
    const { expires } = paging();
    expect(quiet.quiet).toEqual({ by: ['e1'], until: expires });
    expect(quiet.notDone).toContain(`Nobody is woken for it until ${expires}: exemption e1 of team-a: known`);
  });

  it('is not quiet when one finding of it is not exempted, though it is the mildest', () => {
    const other = finding({ id: 'other', title: 'Other', severity: 1 });
    const some = paging({ when: { id: [finding().id] } });
    expect(planWith([some], [finding(), other])).not.toHaveProperty('quiet');
    expect(planWith([some], [finding(), other]).notDone.join()).not.toContain('Nobody is woken');
    expect(planWith([some], [finding(), finding({ id: 'sample', sample: true })]).quiet?.by).toEqual(['e1']);
  });

  it('is not quiet for what the rules do not decide about and tell all the same', () => {
    const unsure = finding({ id: 'unsure', status: 'inconclusive' });
    expect(planWith([paging()], [finding(), unsure])).not.toHaveProperty('quiet');
  });

  it('is quiet until the first finding is not exempted any more: each by the last of its own', () => {
    const [a, b] = [finding({ id: 'a' }), finding({ id: 'b' })];
    const ends = (name: string, id: string, expires: string) => paging({ name, when: { id: [id] }, expires });
    const plan = planWith(
      [
        ends('a-soon', 'a', '2026-12-01T00:00:00.000Z'),
        ends('a-late', 'a', '2026-12-09T00:00:00.000Z'),
        ends('b', 'b', '2026-12-05T00:00:00.000Z'),
      ],
      [a, b],
    );
    expect(plan.quiet).toEqual({ by: ['a-soon', 'a-late', 'b'], until: '2026-12-05T00:00:00.000Z' });
  });

  it('is not quiet when the exemption is over, or is of something else', () => {
    expect(planWith([paging({ expires: now.toISOString() })])).not.toHaveProperty('quiet');
    expect(planWith([exemption({ actions: ['image.archive'] })])).not.toHaveProperty('quiet');
    expect(planWith([paging({ rules: ['r2'] })])).not.toHaveProperty('quiet');
  });
});

describe('what would wake somebody', () => {
  const quiet = { by: ['e1'], until: '2026-12-01T00:00:00.000Z' };
  const at = (time: string) => new Date(time);
  const during = at('2026-11-30T23:59:59.999Z');

  it.each(['contained', 'degraded', 'held', 'observed'] as const)('%s, is a notice while it is quiet', (outcome) => {
    expect(unlessQuiet('page', outcome, { quiet }, calm, during)).toBe('notice');
    expect(unlessQuiet('page', outcome, {}, calm, during)).toBe('page');
  });

  it('is a page from the moment at which the exemption ends, though it was decided before', () => {
    expect(unlessQuiet('page', 'contained', { quiet }, calm, at(quiet.until))).toBe('page');
  });

  it.each([
    ['is not contained', 'not-contained', {}],
    ['did not hold', 'contained', { breached: true }],
    ['wants a person', 'degraded', { wanted: true }],
    ['does not come up', 'degraded', { down: true }],
    ['comes back again and again', 'held', { comesBack: true }],
  ] as const)('what %s is a page all the same', (_what, outcome, situation) => {
    expect(unlessQuiet('page', outcome, { quiet }, { ...calm, ...situation }, during)).toBe('page');
  });

  it('is all that changes: no other tier is raised or lowered', () => {
    for (const tier of ['notice', 'digest', 'none'] as const) {
      expect(unlessQuiet(tier, 'contained', { quiet }, calm, during)).toBe(tier);
    }
  });
});
