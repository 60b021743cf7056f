import { describe, expect, test } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import { outcomeOf } from '../../shared/report/outcome.ts';
import { situationOf } from '../../shared/report/situation.ts';
import { tierOf } from '../../shared/report/tier.ts';
import { message, receipt, section } from '../report/runs.ts';
import { gone, observing, only, planOf } from './given.ts';

const why = 'It is not kept, and the policy deletes it 14 days after its push.';
const losing: Planned = { kind: 'hold', reason: 'Its tag is taken.', seen: [], loses: why };
const beside = only('evidence.take', losing);

describe('what goes along with a containment and is held', () => {
  const plan = planOf({ planned: beside });
  const receipts = [receipt(plan, 'image.archive')];
  const outcome = outcomeOf(plan, receipts, { direction: 'do' });

  test('does not keep the rest from being done', () => {
    expect(plan).toMatchObject({ decision: 'contain', steps: [{ action: 'image.archive' }], loses: [why] });
  });

  test('is told as a notice, with what is lost', () => {
    expect(outcome).toBe('degraded');
    const { tier, subject, body } = message({ plan, receipts, outcome });
    expect(tier).toBe('notice');
    expect(subject).toContain('contained, a part is held');
    expect(section(body, 'What is still open')).toContain(why);
    expect(body).toContain('See to what is lost otherwise, as it says above, in working hours.');
  });

  test('is a notice at the least, whatever a rule says, and where there was nothing else to do', () => {
    const lost = situationOf(plan, receipts, null);
    expect(tierOf('degraded', { class: 'C', page: { degraded: 'digest' }, openRoles: [] }, lost)).toBe('notice');
    const over = planOf({ planned: (action) => (action === 'evidence.take' ? losing : gone) });
    expect(over).toMatchObject({ decision: 'observe', loses: [why] });
    const said = message({ plan: over, receipts: [], outcome: outcomeOf(over, [], { direction: 'do' }) });
    expect(said.tier).toBe('notice');
    expect(said.body).toContain(why);
  });

  test('is in the digest where nothing is lost by it', () => {
    const held = planOf({ planned: only('evidence.take', { kind: 'hold', reason: 'Its tag is taken.', seen: [] }) });
    expect(held).not.toHaveProperty('loses');
    expect(outcomeOf(held, [receipt(held, 'image.archive')], { direction: 'do' })).toBe('contained');
  });

  test("is nobody's loss under a rule that observes", () => {
    expect(planOf({ planned: beside, set: observing })).not.toHaveProperty('loses');
  });
});
