import { describe, expect, test } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { calm } from '../../shared/report/situation.ts';
import { type Came, whatYouCanDo } from '../../shared/report/todo.ts';
import { archive, fakeAction, finding } from '../plan/fakes.ts';
import { planFor, receipt } from './runs.ts';

const plan = planFor([finding()]);
const failed = [receipt(plan, 'evidence.take'), receipt(plan, 'image.archive', { state: 'failed' })];
const missed = [receipt(plan, 'evidence.take', { state: 'failed' }), receipt(plan, 'image.archive')];
const well = [receipt(plan, 'evidence.take'), receipt(plan, 'image.archive')];

const whole: Came = {
  outcome: 'degraded',
  direction: 'do',
  tier: 'page',
  plan,
  receipts: missed,
  situation: calm,
  incident: 'i',
  stage: 'dev',
  heldUntil: null,
};

const first = (came: Partial<Came>): string => whatYouCanDo({ ...whole, ...came }).lines[0] ?? '';

describe('what whoever is woken can do', () => {
  test('of what is not contained begins with what is at risk: the workload, the image', () => {
    expect(first({ outcome: 'not-contained', receipts: failed })).toMatch(/^The image can still be used\. Finish by/);
    const workload = fakeAction('image.archive', { phase: 'workload', changes: true, contains: true });
    const steps = plan.steps.map((step) => (step.action === archive.name ? { ...step, facts: workload.facts } : step));
    expect(first({ outcome: 'not-contained', plan: { ...plan, steps }, receipts: failed })).toMatch(
      /^What is accused may still run, or be started again\. Finish by hand/,
    );
  });

  test('of what only went along says that nothing stops it, and asks for nothing to be finished that went well', () => {
    const findings = plan.findings.map((one) => ({
      ...one,
      finding: { ...one.finding, threat: { accused: [], cause: null } } as unknown as Finding,
    }));
    const traffic = { phase: 'traffic', changes: true, contains: false } as const;
    const steps = plan.steps.map((step) => ({ ...step, facts: { ...step.facts, ...traffic } }));
    const along = { outcome: 'not-contained', plan: { ...plan, findings, steps } } as const;
    expect(first({ ...along, receipts: well })).toBe(
      'Nothing that was done stops what is accused: it goes on, and may call out. Stop it, or have a rule contain it.',
    );
    expect(first({ ...along, receipts: failed })).toMatch(/have a rule contain it\. Finish by hand what failed above/);
    const back = receipt(plan, 'image.archive', { state: 'held', against: 'person' });
    const said = whatYouCanDo({ ...whole, ...along, receipts: [back], situation: { ...calm, decided: true } });
    expect(said.lines.join('\n')).toContain('Somebody has changed it back by hand');
  });

  test('says how credentials are cut off, contained or not, and those that a finding is about', () => {
    const cut = /in IAM, role checkout, "Revoke active sessions"/;
    const openRoles = ['arn:aws:iam::123456789012:role/checkout'];
    const said = (came: Partial<Came>): string => whatYouCanDo({ ...whole, ...came }).lines.join('\n');
    for (const outcome of ['contained', 'held'] as const)
      expect(said({ outcome, plan: { ...plan, openRoles } })).toMatch(cut);
    const resource = { kind: 'role', id: 'checkout', arn: openRoles[0] ?? '', session: null } as const;
    const findings = plan.findings.map((one) => ({ ...one, finding: { ...one.finding, resource } }));
    expect(said({ outcome: 'observed', plan: { ...plan, findings } })).toMatch(cut);
    expect(said({ outcome: 'observed' })).not.toMatch(cut);
  });

  test('of what does not come up again waits for no morning, and asks for nothing to be decided before', () => {
    const down = first({ situation: { ...calm, down: true, wanted: true } });
    expect(down).toBe(
      'It is contained, but what is clean does not run as it should: see what failed above, and bring it up.',
    );
  });

  test('of what a person has changed back by hand has both ways on, and the command that archives it; not while an undo is held to', () => {
    const person = receipt(plan, 'image.archive', { state: 'held', against: 'person' });
    const held = {
      outcome: 'held',
      tier: 'notice',
      receipts: [person],
      situation: { ...calm, decided: true },
    } as const;
    const lines = whatYouCanDo({ ...whole, ...held, incident: 'image/1/r/payments/checkout-api@sha256:1' }).lines;
    expect(lines[0]).toMatch(/^Somebody has changed it back by hand, .* firebreak undo image\/1\/r\/payments/);
    expect(lines[1]).toMatch(/^If it was not, have it contained again by doing by hand/);
    expect(lines[2]).toContain('aws ecr update-image-storage-class --repository-name payments/checkout-api --image-id');
    expect(first({ ...held, heldUntil: '2026-11-21T10:00:00Z' })).toMatch(/^A person has undone it: until 2026-11-21/);
    expect(first({ ...held, situation: calm })).toMatch(/^Firebreak stopped before changing anything more/);
  });

  test('of what has no place to run names that, and says that it is looked at again only where it is', () => {
    const [evidence, image] = well;
    if (evidence === undefined || image === undefined) throw new Error('There are two');
    const short = {
      since: '2026-11-20T10:00:00Z',
      readAt: '2026-11-20T10:00:00Z',
      todo: 'It lacks a task. Add capacity.',
    };
    const came = { situation: { ...calm, down: true } };
    const lines = (cut: object) =>
      whatYouCanDo({ ...whole, ...came, receipts: [evidence, { ...image, short: { ...short, ...cut } }] }).lines;
    expect(lines({})[0]).toBe(
      'It is contained, but what is clean does not run as it should: It lacks a task. Add capacity.',
    );
    expect(lines({})).toHaveLength(2);
    expect(lines({ cut: true })[1]).toMatch(/^Firebreak looks for another 20 minutes/);
  });

  test('is to decide what waits for that, and to finish only what failed', () => {
    const wanted = { ...calm, wanted: true };
    expect(first({ situation: wanted, receipts: well })).toBe('It is contained. Decide what is still open above.');
    expect(first({ situation: wanted })).toBe(
      'It is contained. Decide what is still open above. Finish by hand what failed above.',
    );
  });

  test.each([
    [['guardduty'], 'if it goes on, GuardDuty reports it again.'],
    [['inspector', 'inspector'], 'if it goes on, Amazon Inspector reports it again.'],
    [['inspector', 'config'], 'if it goes on, Amazon Inspector or AWS Config reports it again.'],
    [[], 'if it goes on, it is reported again.'],
  ] as const)('of what is held says who reports it again: %s', (sources, says) => {
    const findings = sources.flatMap((source) =>
      plan.findings.slice(0, 1).map((one) => ({ ...one, finding: { ...one.finding, source } })),
    );
    const held = { outcome: 'held', receipts: [], incident: 'instance/1/x/i-1', plan: { ...plan, findings } } as const;
    expect(whatYouCanDo({ ...whole, ...held }).lines.join('\n')).toContain(says);
  });

  test('of what is held says what brings the next decision: a scan for an image, a finding for what runs', () => {
    const held = { outcome: 'held' as const, receipts: [] };
    expect(first({ ...held, incident: 'image/1/x/app@sha256:1' })).toContain('when the image is scanned again');
    const service = first({ ...held, incident: 'ecs-service/1/x/prod/app' });
    expect(service).toContain('What is accused runs on until then');
    expect(service).not.toContain('scanned');
    const heldUntil = '2026-11-21T02:00:00Z';
    expect(first({ ...held, heldUntil, incident: 'ecs-service/1/x/prod/app' })).toContain(
      'The first finding after that',
    );
  });

  test('waits for working hours where nobody is woken, and only there', () => {
    expect(first({ tier: 'notice' })).toBe('It is contained. Finish by hand what failed above, in working hours.');
    expect(first({})).toBe('It is contained. Finish by hand what failed above.');
  });
});
