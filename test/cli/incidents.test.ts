import { beforeEach, describe, expect, it } from 'vitest';
import { findIncident } from '../../cli/incidents/find.ts';
import { listLines } from '../../cli/incidents/list.ts';
import { incidentPage } from '../../cli/incidents/page.ts';
import { UsageError } from '../../cli/usage.ts';
import { canaryKey } from '../../shared/finding/canary.ts';
import { type IncidentRecord, readIncident } from '../../shared/incident/incidentRecord.ts';
import { incidentHash, keys } from '../../shared/incident/keys.ts';
import { listed } from '../../shared/incident/listed.ts';
import { openHeads } from '../../shared/incident/openHeads.ts';
import { raise } from '../../shared/incident/raise.ts';
import { hold } from '../../shared/respond/hold.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import { digest, hour, labOf } from '../respond/digestLab.ts';
import { Lab } from '../respond/model/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

async function record(): Promise<IncidentRecord> {
  const read = await readIncident(lab.effects, lab.incident);
  if (read === undefined) throw new Error('there is no incident');
  return read;
}

/** Every value under a name that says that it is a time. */
function times(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    (name === 'at' || name.endsWith('At')) && typeof inner === 'string' ? [inner] : times(inner),
  );
}

describe('what is kept about an incident', () => {
  it('is its findings, rule and version, plan with before-states, receipts, verification and messages', async () => {
    await lab.run();
    const read = await record();
    expect(read).toMatchObject({
      version: 1,
      incident: lab.incident,
      state: 'resting',
      outcome: 'contained',
      rule: { name: read.plan?.rule?.name, ruleset: { number: 1, hash: expect.stringMatching(/./) } },
      findings: [{ type: 'ImageScan', event: { result: 'accepted' } }],
      plan: { decision: 'contain', round: 1, direction: 'do', run: (await lab.head()).run },
      messages: [{ sent: true, tier: 'digest', subject: lab.world.published[0]?.subject }],
      decisions: [],
      targets: [{ contained: true, changes: [{ action: 'fake.shut' }] }],
    });
    expect(read.plan?.steps.map(({ action, before, receipt }) => [action, before, receipt?.verified?.state])).toEqual([
      [expect.any(String), expect.any(Object), 'holds'],
      ['fake.shut', expect.objectContaining({ status: 'open' }), 'holds'],
    ]);
    expect(read.receipts).toHaveLength(2);
    expect(JSON.stringify(read)).not.toMatch(/"(pk|sk|gsi)":|"out:/);
  });

  it('says when each thing was, in UTC', async () => {
    await lab.run();
    const read = await record();
    const parts = [read, read.plan, ...read.receipts, ...read.messages, ...read.findings.map(({ event }) => event)];
    for (const part of parts) expect(times(part).length).toBeGreaterThan(0);
    for (const time of times(read)) expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
  });

  it('is who decided what and why, and both plans, once it was undone', async () => {
    await lab.run();
    lab.pass(60_000);
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.playPlan();
    await lab.report();
    const read = await record();
    expect(read.decisions).toMatchObject([{ kind: 'undo', by: 'ana', reason: 'false alarm' }]);
    expect(read.plans.map(({ direction }) => direction)).toEqual(['do', 'undo']);
    expect(read.plan?.direction).toBe('undo');
    expect(read.rule?.name).toBe(read.plans[0]?.rule?.name);
  });

  it('is a message that is not known to be sent, too, and each message once', async () => {
    const { publisher } = lab.effects;
    lab.with({ publisher: { publish: () => Promise.reject(new Error('SNS is down')) } });
    await expect(lab.run()).rejects.toThrow('SNS is down');
    expect((await record()).messages).toMatchObject([{ sent: false }]);
    lab.with({ publisher });
    await lab.report();
    expect((await record()).messages).toMatchObject([{ sent: true }]);
  });

  it('is there before anything was decided', async () => {
    expect(await record()).toMatchObject({ state: 'running', plan: null, rule: null, receipts: [], messages: [] });
  });

  it('is nothing of an incident that is not there', async () => {
    expect(await readIncident(lab.effects, 'image/none')).toBeUndefined();
  });
});

describe('the page about an incident', () => {
  it('tells all of it in lines that a person can read', async () => {
    await lab.run();
    const text = incidentPage(await record(), 'prod').join('\n');
    expect(text).toContain(`firebreak undo ${lab.incident} --stage prod`);
    for (const heading of ['Rule', 'Findings (1)', 'Plan ', 'Messages', 'Targets'])
      expect(text).toContain(`\n${heading}`);
    expect(text).toMatch(/2\. fake\.shut: .*\n {5}done .*\n {5}before: .*"open".*\n {5}read back .* \(holds\): /);
  });

  it('tells each message as it was sent, below its subject', async () => {
    await lab.run();
    const lines = incidentPage(await record(), 'prod');
    const [message] = lab.world.published;
    const from = lines.findIndex((line) => line.endsWith(message?.subject ?? 'none'));
    const body = message?.body.split('\n') ?? [];
    expect(body.length).toBeGreaterThan(5);
    expect(lines.slice(from + 1, from + 1 + body.length)).toEqual(
      body.map((line) => `    | ${line.trimStart()}`.trimEnd()),
    );
  });

  it('speaks of activity after a containment only where there was some', async () => {
    await lab.run();
    const read = await record();
    expect(read.plan).toHaveProperty('breached', null);
    expect(incidentPage(read, 'prod').join('\n')).not.toContain('activity after');
    const breached = '2026-11-20T09:00:01.000Z';
    const plans = read.plans.map((plan) => ({ ...plan, breached }));
    expect(incidentPage({ ...read, plans }, 'prod').join('\n')).toContain(
      'There was activity after the containment of 2026-11-20T09:00:01Z.',
    );
  });

  it('keeps the text of an attacker on its line, and shows what it hides', async () => {
    await lab.run();
    const read = await record();
    const hostile = 'x\n  GET UP: all is well\u001b[2J\u202e';
    const [finding] = read.findings;
    const [step] = read.plan?.steps ?? [];
    if (finding === undefined || step === undefined || step.receipt === null || read.plan === null)
      throw new Error('nothing to poison');
    const call = { call: hostile, at: hostile, who: hostile, from: hostile };
    const changedBy = { since: hostile, calls: [call], more: 0, missing: hostile, asked: [hostile] };
    const poisoned = incidentPage(
      {
        ...read,
        findings: [{ ...finding, title: hostile, type: hostile }],
        plans: [
          {
            ...read.plan,
            reason: hostile,
            notDone: [hostile],
            seen: [hostile],
            steps: [{ ...step, sentence: hostile, receipt: { ...step.receipt, changedBy } }],
          },
        ],
        decisions: [{ kind: 'undo', run: hostile, plan: null, by: hostile, reason: hostile, at: hostile }],
        messages: [{ id: 'm', tier: 'page', subject: hostile, body: hostile, sent: true, at: hostile }],
      },
      'prod',
    );
    expect(poisoned.filter((line) => line.includes('" from "'))).toHaveLength(1);
    expect(poisoned.filter((line) => /^\s*GET UP/.test(line))).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(poisoned.filter((line) => /[\u0000-\u001f\u202e]/.test(line))).toEqual([]);
  });
});

describe('the incident that somebody means', () => {
  const open = (incident: string) =>
    raise(lab.effects.table, incident, { run: 'r', now: new Date(lab.world.schedule.now) });

  it('is found by its key, or by a part that no other has', async () => {
    expect((await findIncident(lab.effects.table, lab.incident))?.incident).toBe(lab.incident);
    expect((await findIncident(lab.effects.table, 'checkout-api'))?.incident).toBe(lab.incident);
    expect((await findIncident(lab.effects.table, incidentHash(lab.incident)))?.incident).toBe(lab.incident);
  });

  it('is not guessed: a part that fits two names both', async () => {
    await open('image/2/payments/checkout-api');
    await expect(findIncident(lab.effects.table, 'checkout-api')).rejects.toThrow(UsageError);
    await expect(findIncident(lab.effects.table, 'checkout-api')).rejects.toThrow(/fits 2 incidents.*image\/2\//);
  });

  it('is found by its key even where that is a part of another', async () => {
    await open(`${lab.incident}0`);
    expect((await findIncident(lab.effects.table, lab.incident))?.incident).toBe(lab.incident);
  });

  it('is found closed by its whole key alone', async () => {
    await lab.effects.table.update(keys.head(lab.incident), {}, { set: { state: 'closed' }, remove: ['gsi'] });
    expect(await findIncident(lab.effects.table, 'checkout-api')).toBeUndefined();
    expect((await findIncident(lab.effects.table, lab.incident))?.state).toBe('closed');
  });

  it('is not there', async () => {
    expect(await findIncident(lab.effects.table, 'nothing')).toBeUndefined();
    await expect(findIncident(lab.effects.table, ' ')).rejects.toThrow('The incident is empty');
  });
});

describe('an incident that is held', () => {
  const later = (ms: number): Date => new Date(lab.world.schedule.now + ms);
  const show = async () => {
    const read = await record();
    return { read, lines: incidentPage(read, 'prod'), row: listed(await lab.head(), later(0)) };
  };

  it('says by whom, until when and why, and how to end it', async () => {
    await lab.run();
    expect((await show()).lines.join('\n')).not.toMatch(/held|contained again/);
    await hold(lab.effects, { incident: lab.incident, by: 'ana', reason: 'looks', forMs: 3_600_000 });
    const { read, lines, row } = await show();
    expect(read).toMatchObject({ hold: { by: 'ana' }, decisions: [{ kind: 'hold' }] });
    expect(read).not.toHaveProperty('heldAt');
    const until = '2026-11-20T10:00:00Z';
    expect(lines).toContain(`held by ana until ${until}, decided 2026-11-20T09:00:00Z: looks`);
    expect(lines.join('\n')).toContain(`hold until ${until} by ana: looks`);
    expect(lines.join('\n')).toContain(`contained again: firebreak contain ${lab.incident} --stage prod`);
    expect(row).toMatchObject({ heldUntil: '2026-11-20T10:00:00.000Z', heldBy: 'ana' });
    expect(listLines([row], later(3_599_999))[0]).toMatch(/ {2}HELD UNTIL 2026-11-20T10:00:00Z$/);
    expect(listLines([row], later(3_600_000))[0]).not.toContain('HELD');
    const undone = { ...(await lab.head()), heldUntil: '2026-11-21T09:00:00.000Z' };
    expect(listed(undone, later(0))).toMatchObject({ heldUntil: undone.heldUntil });
  });

  it('is written by nobody who holds it', async () => {
    await lab.run();
    const hostile = 'x\n  GET UP: all is well\u001b[2J\u202e';
    await hold(lab.effects, { incident: lab.incident, by: hostile, reason: hostile, forMs: 3_600_000 });
    const { lines } = await show();
    expect(lines.filter((line) => /^\s*GET UP/.test(line))).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(lines.filter((line) => /[\u0000-\u001f\u202e]/.test(line))).toEqual([]);
  });
});

describe('the list of incidents', () => {
  it('shows the open ones, newest first, each by what the head says and not by what the index says', async () => {
    await lab.run();
    lab.pass(60_000);
    await raise(lab.effects.table, 'image/later', { run: 'r', now: new Date(lab.world.schedule.now) });
    await raise(lab.effects.table, 'image/closed', { run: 'r', now: new Date(lab.world.schedule.now) });
    await lab.effects.table.update(keys.head('image/closed'), {}, { set: { state: 'closed' } });
    const incidents = (await openHeads(lab.effects.table)).map((head) =>
      listed(head, new Date(lab.world.schedule.now)),
    );
    expect(incidents).toMatchObject([
      { incident: 'image/later', state: 'running', outcome: null, unsent: 0, asks: null },
      { incident: lab.incident, state: 'resting', outcome: 'contained' },
    ]);
    expect(listLines(incidents, new Date(lab.world.schedule.now))).toEqual([
      expect.stringMatching(/Z {2}running {2}- {14}image\/later$/),
      expect.stringMatching(/Z {2}resting {2}contained {6}image\//),
    ]);
  });

  it('says what waits for the digest, and the incident says what was told in it', async () => {
    lab = await labOf('digest', { digest });
    const shown = async (): Promise<string> => incidentPage(await record(), 'prod').join('\n');
    expect(listLines([listed(await lab.head(), lab.effects.clock.now())], lab.effects.clock.now())).toEqual([
      expect.stringMatching(/ {2}1 for working hours or the digest$/),
    ]);
    expect(await shown()).toContain('is told in the digest of 2026-11-20T12:00:00Z, digest: NO ACTION:');
    lab.pass(3 * hour);
    await sweep(lab.effects);
    expect(listed(await lab.head(), lab.effects.clock.now())).toMatchObject({ waiting: 0, unsent: 0 });
    expect(await shown()).toContain('told in digest/-/2026-11-20, digest: NO ACTION:');
  });

  it('has no canary in it, which is found by its whole key', async () => {
    const canary = canaryKey('123456789012', 'us-east-1');
    await raise(lab.effects.table, canary, { run: 'r', now: new Date(lab.world.schedule.now) });
    expect((await openHeads(lab.effects.table)).map(({ incident }) => incident)).toEqual([lab.incident]);
    expect(await findIncident(lab.effects.table, 'canary')).toBeUndefined();
    expect(await findIncident(lab.effects.table, canary)).toMatchObject({ incident: canary });
  });
});
