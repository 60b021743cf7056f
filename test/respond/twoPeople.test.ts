import { describe, expect, it } from 'vitest';
import { askedIn } from '../../shared/plan/stop.ts';
import { type AnswerGiven, answer } from '../../shared/respond/answer.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import type { Settings } from '../../shared/rules/rule.ts';
import { asking, ConsoleLab, signIn } from './console/consoleLab.ts';

const two: Partial<Settings> = { twoPeople: ['always'], signIn };
const role = (name: string): string => `arn:aws:sts::123456789012:assumed-role/on-call/${name}`;

async function asked(settings: Partial<Settings> = two, terms = {}): Promise<ConsoleLab> {
  const lab = new ConsoleLab({ approval: { when: ['always'], ...terms } }, settings);
  await lab.takeIn();
  await lab.run();
  return lab;
}

async function say(
  lab: ConsoleLab,
  by: string,
  {
    caller = role(by),
    kind = 'approve' as 'approve' | 'reject',
    only,
  }: { caller?: string | null; kind?: 'approve' | 'reject'; only?: 'minimum' } = {},
): Promise<AnswerGiven> {
  const plan = askedIn((await lab.head()).stops)?.of ?? '';
  const more = { ...(caller === null ? {} : { caller }), ...(only === undefined ? {} : { only }) };
  return answer(lab.effects, { incident: lab.incident, plan, kind, by, reason: `says ${by}`, ...more });
}

describe('what two people must approve', () => {
  it('is done when the second says so, and not before', async () => {
    const lab = await asked();
    expect(await say(lab, 'ana')).toMatchObject({ kind: 'first', mine: true });
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'approval', twoPeople: true }] });
    expect(lab.thing.calls).toEqual([]);
    expect(await say(lab, 'ben')).toMatchObject({
      kind: 'given',
      answer: { by: 'ana and ben', caller: `${role('ana')} and ${role('ben')}`, reason: 'says ana; and says ben' },
    });
    await lab.playPlan();
    await lab.report();
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await say(lab, 'eve')).toMatchObject({ kind: 'nothing' });
  });

  it.each([
    ['again', 'ana', role('ana')],
    ['under another name', 'ben', role('ana')],
    ['with other credentials', 'Ana', role('other')],
  ])('is not approved by one person twice: %s', async (_how, by, caller) => {
    const lab = await asked();
    await say(lab, 'ana');
    expect(await say(lab, by, { caller })).toMatchObject({ kind: 'first', mine: true, answer: { by: 'ana' } });
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held' });
  });

  it('is not approved by somebody who is known to nobody', async () => {
    const lab = await asked();
    expect(await say(lab, 'ana', { caller: null })).toMatchObject({
      kind: 'nothing',
      reason: expect.stringContaining('Two people'),
    });
    await say(lab, 'ana');
    expect(await say(lab, 'ben', { caller: null })).toMatchObject({ kind: 'nothing' });
    expect((await lab.head()).state).toBe('resting');
  });

  it('is approved as far as both say', async () => {
    const lab = await asked();
    await say(lab, 'ana', { only: 'minimum' });
    expect(await say(lab, 'ben')).toMatchObject({ kind: 'first', mine: false, answer: { only: 'minimum' } });
    expect((await lab.head()).state).toBe('resting');
  });

  it('is rejected by one of them', async () => {
    const lab = await asked();
    await say(lab, 'ana');
    expect(await say(lab, 'ben', { kind: 'reject' })).toMatchObject({
      kind: 'given',
      answer: { kind: 'reject', by: 'ben' },
    });
  });

  it('is approved by nobody when the time is over, whatever the rule says', async () => {
    const lab = await asked(two, { timeout: 'PT10M', onTimeout: 'proceed' });
    await say(lab, 'ana');
    lab.pass(11 * 60_000);
    await sweep(lab.effects);
    if ((await lab.head()).state === 'running') await lab.run();
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.head()).toMatchObject({ outcome: 'held' });
  });

  it('is another question than what one may approve', async () => {
    const one = askedIn((await (await asked({ signIn })).head()).stops)?.of;
    const both = askedIn((await (await asked()).head()).stops)?.of;
    expect(one).not.toBe(both);
  });

  it('is approved by one where the settings want two for what is protected alone, and it is not', async () => {
    const lab = await asked({ twoPeople: ['protected'] });
    expect(await say(lab, 'ana')).toMatchObject({ kind: 'given' });
  });

  it('is told with that', async () => {
    const lab = await asked();
    expect(lab.world.published.at(-1)?.body).toContain('Two people must approve it');
    expect((await asked({ signIn })).world.published.at(-1)?.body).not.toContain('Two people');
  });
});

describe('in the console', () => {
  it('no link approves it, and two people who are signed in do', async () => {
    const lab = new ConsoleLab(asking, two);
    await lab.takeIn();
    await lab.run();
    expect(await lab.text(lab.link())).not.toContain('Approve: do it');
    await lab.signIn();
    expect(await lab.send(lab.page, 'approve')).toMatchObject({
      status: 200,
      text: expect.stringContaining('You are the first'),
    });
    expect(await lab.send(lab.page, 'approve')).toMatchObject({ text: expect.stringContaining('You are the first') });
    expect((await lab.head()).state).toBe('resting');
    lab.claims = { sub: 'u2', email: 'ben@example.com', groups: ['on-call'] };
    lab.subject = 'u2';
    await lab.signIn();
    expect(await lab.send(lab.page, 'approve')).toMatchObject({
      status: 200,
      text: expect.stringContaining('It is approved'),
    });
    expect((await lab.head()).state).toBe('running');
  });
});
