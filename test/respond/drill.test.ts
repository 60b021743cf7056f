import { describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { openDrill, readDrill } from '../../shared/incident/drills.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { deliver } from '../../shared/respond/intake.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { miner, threatFinding } from '../plan/threats.ts';
import { findingIn, scanEvent } from './model/events.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

const minute = 60_000;

/** A rule that enforces on whatever there is. */
const enforcing: readonly Rule[] = rules.rules.map((rule) => ({
  ...rule,
  mode: 'enforce',
  when: { severity: [{ numeric: ['>=', 1] }] },
}));

const sample = (more: Partial<Finding> = {}): Finding =>
  threatFinding(miner, {}, { resource: findingIn(scanEvent()).resource, severity: 8, sample: true, ...more });

class DrillLab extends Lab {
  constructor(all: readonly Rule[] = enforcing) {
    super({ set: { ...rules, rules: all } });
    this.thing.status = 'open';
  }

  async open(id = 'drill-1'): Promise<void> {
    const now = this.world.schedule.now;
    const [at = '', until = ''] = [now, now + 30 * minute].map((ms) => new Date(ms).toISOString());
    await openDrill(this.effects.table, { id, by: 'ana', at, until, type: miner });
  }

  async bring(finding: Finding, event = 'event-1'): Promise<void> {
    await deliver(this.effects, this.incident, { finding, hash: contentHash(finding, []), event });
    await this.run();
  }
}

describe('a drill', () => {
  it('is decided by the rules, told once as a test, and changes nothing', async () => {
    const lab = new DrillLab();
    await lab.open();
    await lab.bring(sample());
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.head()).toMatchObject({ outcome: 'observed', page: null });
    expect(lab.world.published).toHaveLength(1);
    const [told] = lab.world.published;
    expect(told).toMatchObject({ tier: 'notice', subject: expect.stringMatching(/^TEST, NO ACTION: .* drill,/) });
    expect(told?.body).toMatch(/^TEST, NO ACTION: /);
    expect(told?.body).toContain('ana had GuardDuty make up a finding');
    expect(told?.body).toContain(`rule ${enforcing[0]?.name} takes it`);
    expect(told?.body).toContain('fake.shut: Shut it.');
    const { plan } = (await planOfRun(lab.effects.bodies, await lab.head(), 1)) ?? {};
    expect(plan).toMatchObject({ steps: [], proposed: [{}, {}] });
    const drill = await readDrill(lab.effects.table);
    expect(drill).toMatchObject({ incident: lab.incident, decidedAt: expect.any(String), toldAt: expect.any(String) });
  });

  it('says that no rule would take it, where none does', async () => {
    const lab = new DrillLab(enforcing.map((rule) => ({ ...rule, when: { type: ['Other'] } })));
    await lab.open();
    await lab.bring(sample());
    expect(lab.world.published).toMatchObject([{ tier: 'notice', body: expect.stringContaining('no rule takes it') }]);
  });

  it('tells again when it is held again', async () => {
    const lab = new DrillLab();
    await lab.open();
    await lab.bring(sample());
    lab.pass(minute);
    await lab.open('drill-2');
    expect(await readDrill(lab.effects.table)).toMatchObject({ id: 'drill-2', decidedAt: null, toldAt: null });
    await lab.bring(sample({ observedAt: '2026-11-20T11:00:00.000Z' }), 'event-2');
    expect(lab.world.published).toHaveLength(2);
    expect(await readDrill(lab.effects.table)).toMatchObject({ id: 'drill-2', toldAt: expect.any(String) });
  });
});

describe('no drill', () => {
  it('is a sample that nobody has asked for, or that comes when it is over: it is ignored', async () => {
    const lab = new DrillLab();
    await lab.bring(sample());
    expect(await lab.head()).toMatchObject({ outcome: 'ignored' });
    const late = new DrillLab();
    await late.open();
    late.pass(31 * minute);
    await late.bring(sample());
    expect(await late.head()).toMatchObject({ outcome: 'ignored' });
    expect([...lab.world.published, ...late.world.published]).toEqual([]);
  });

  it('is what was really found, though one is open: it is contained', async () => {
    const lab = new DrillLab();
    await lab.open();
    await lab.bring(sample({ sample: false }));
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await readDrill(lab.effects.table)).toMatchObject({ decidedAt: null });
  });

  it('is an incident of which one finding is real, whatever samples come beside it', async () => {
    const lab = new DrillLab();
    await lab.open();
    await deliver(lab.effects, lab.incident, { finding: sample(), hash: contentHash(sample(), []), event: 'event-1' });
    const real = sample({ sample: false, id: 'real' });
    await lab.bring(real, 'event-2');
    expect(lab.thing.calls).toEqual(['shut']);
    expect(lab.world.published.map(({ subject }) => subject).join()).not.toContain('TEST');
  });
});
