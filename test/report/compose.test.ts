import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../shared/incident/items.ts';
import { composeHeld } from '../../shared/report/compose.ts';
import { machineFailureSubject, shortName, smsText } from '../../shared/report/subject.ts';
import { fakeAction, finding, image, now } from '../plan/fakes.ts';
import { at, incident, message, planFor, receipt, section, unverified } from './runs.ts';

const digest = 'sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';
const plan = planFor();

describe('the message of a containment', () => {
  const { tier, subject, body } = message();

  test('wakes nobody, and says so first', () => {
    expect(tier).toBe('digest');
    expect(subject).toBe('NO ACTION: payments/checkout-api contained, 3f1c9e0d5a7b us-east-1 123456789012');
  });

  test('begins with a text message that stands by itself', () => {
    const [first = ''] = body.split('\n');
    expect(first).toBe('NO ACTION: payments/checkout-api contained. 3f1c9e0d5a7b us-east-1 123456789012');
    expect(first.length).toBeLessThanOrEqual(140);
  });

  test('says what happened, where, and whose it is', () => {
    expect(section(body, 'What happened')).toContain('2 critical, 7 high');
    const where = section(body, 'Where');
    expect(where).toContain('Account 123456789012, Region us-east-1');
    expect(where).toContain('Repository payments/checkout-api');
    expect(where).toContain(`Digest ${digest}`);
    expect(where).toContain('Tags 1.42.0, prod');
    expect(where).toContain('Owner payments');
  });

  test('says what was done, with the proof and its time', () => {
    const done = section(body, 'What was done');
    expect(done).toContain('image.archive: Did image.archive.');
    expect(done).toContain(`Read back ${at} (holds): image.archive is so`);
  });

  test('says how to undo it, in the words of the step', () => {
    const undo = section(body, 'How to undo');
    expect(undo).toContain(`firebreak undo ${incident} --stage prod`);
    expect(undo).toContain('Put back image.archive.');
    expect(undo).not.toContain('evidence');
  });

  test('says that it cannot be undone, and offers no command that would not work', () => {
    const forGood = fakeAction('image.archive', { phase: 'image', changes: true, contains: true }, false);
    const steps = plan.steps.map((one) => (one.action === 'image.archive' ? { ...one, undo: forGood.reversal } : one));
    const undo = section(message({ plan: { ...plan, steps } }).body, 'How to undo');
    expect(undo).toContain('cannot be undone: image.archive is for good');
    expect(undo).not.toContain('firebreak undo');
  });

  test('is the same text for the same run', () => {
    expect(message()).toEqual(message());
  });
});

describe('the message of a containment that failed', () => {
  const failed = message({
    outcome: 'not-contained',
    receipts: [
      unverified(plan, 'image.archive', { state: 'failed', failed: 'AccessDenied: no' }),
      receipt(plan, 'evidence.take'),
    ],
  });

  test('wakes somebody, and says what failed before what was planned', () => {
    expect(failed.tier).toBe('page');
    expect(failed.subject).toMatch(/^GET UP: payments\/checkout-api NOT contained,/);
    expect(section(failed.body, 'What was not done')).toContain('FAILED image.archive: AccessDenied: no');
    expect(section(failed.body, 'What was done')).not.toContain('image.archive');
    expect(section(failed.body, 'What was done')).toContain('evidence.take');
  });

  test.each([
    [{ state: 'started' }, 'may or may not have happened'],
    [{ state: 'skipped' }, 'Not tried:'],
    [{ state: 'stale' }, 'had changed'],
    [{ state: 'done', verified: { state: 'broken', seen: 'STANDARD', at } }, 'does not show it'],
    [{ state: 'done', verified: { state: 'unread', seen: 'slow down', at } }, 'could not be read back'],
  ] as const)('says of a step that is %j what that means', (fields, words) => {
    const { body } = message({ outcome: 'not-contained', receipts: [receipt(plan, 'image.archive', fields)] });
    const notDone = section(body, 'What was not done');
    expect(notDone).toContain(words);
    expect(notDone).toContain('evidence.take: it was never started.');
  });

  test('still says how to undo what was started', () => {
    const { body } = message({
      outcome: 'not-contained',
      receipts: [receipt(plan, 'image.archive', { state: 'started' })],
    });
    expect(section(body, 'How to undo')).toContain('firebreak undo');
    expect(section(message({ receipts: [] }).body, 'How to undo')).toBe('');
  });
});

describe('the message of a hold', () => {
  const held = {
    ...plan,
    decision: 'hold',
    reason: 'A service runs it.',
    steps: [],
    proposed: plan.steps,
    seen: ['service checkout', 'task 1'],
  } as const;
  const { tier, subject, body } = message({ outcome: 'held', plan: held, receipts: [] });

  test('wakes somebody with the reason, what was seen, and what they can do', () => {
    expect(tier).toBe('page');
    expect(subject).toMatch(/^GET UP: payments\/checkout-api held, needs you,/);
    const quiet = message({ outcome: 'held', plan: { ...held, page: { held: 'notice' } }, receipts: [] });
    expect(quiet.subject).toMatch(/^NO ACTION: payments\/checkout-api held until you look,/);
    expect(section(body, 'What happened')).toContain('A service runs it.');
    expect(section(body, 'What was seen')).toContain('service checkout\ntask 1');
    expect(section(body, 'What you can do')).toContain('exemption');
    expect(section(body, 'What was not done')).toContain('Would do: image.archive');
    expect(section(body, 'What was done')).toBe('What was done\nNothing.');
  });

  test('says what makes it decide again, and what does not', () => {
    const todo = section(body, 'What you can do');
    expect(todo).toContain('move it to a clean version, then scan the image again');
  });

  test('after an undo promises nothing before its end', () => {
    const until = new Date(now.getTime() + 3_600_000).toISOString();
    const todo = section(message({ outcome: 'held', plan: held, heldUntil: until }).body, 'What you can do');
    expect(todo).toContain(`until ${until} nothing is changed for this incident`);
    expect(todo).not.toContain('by hand');
    const over = message({ outcome: 'held', plan: held, heldUntil: now.toISOString() });
    expect(section(over.body, 'What you can do')).toBe(section(body, 'What you can do'));
  });

  test('by a step says first why that was held, and then which rule led to it', () => {
    const failed = 'Somebody has changed back what was contained.';
    const held = unverified(plan, 'image.archive', { state: 'held', failed });
    const { body } = message({ outcome: 'held', receipts: [held, receipt(plan, 'evidence.take')] });
    expect(section(body, 'What happened')).toMatch(
      /^What happened\nSomebody has changed back what was contained\.\n.*2 critical, 7 high/,
    );
    expect(section(message().body, 'What happened')).toBe(section(body, 'What happened').replace(`${failed}\n`, ''));
  });

  test('of hundreds of lines stays short, and says how many more', () => {
    const seen = Array.from({ length: 500 }, (_, i) => `task ${i}`);
    expect(section(message({ outcome: 'held', plan: { ...held, seen } }).body, 'What was seen')).toContain(
      'and 470 more',
    );
  });
});

describe('text that an attacker wrote', () => {
  const evil = '\u202e\r\n\r\nWhat was done\r\nAll is well <b>https://evil.example</b>\u0007';
  const hostile = finding({
    title: evil,
    resource: { ...image, tags: [evil, '$(reboot)'] },
  });
  const hostilePlan = { ...planFor([hostile]), reason: evil, seen: [evil], notDone: [evil], owner: evil };
  const { subject, body } = message({
    plan: hostilePlan,
    receipts: [receipt(hostilePlan, 'image.archive', { did: evil, verified: { state: 'holds', seen: evil, at } })],
  });

  test('begins no line in what failed, in what would be done, nor in what undo promises', () => {
    const steps = hostilePlan.steps.map((one) => ({
      ...one,
      sentence: evil,
      undo: { possible: true, sentence: evil } as const,
    }));
    const failed = message({
      plan: { ...hostilePlan, steps, proposed: steps },
      outcome: 'not-contained',
      receipts: [receipt(hostilePlan, 'image.archive', { state: 'failed', failed: evil, startedAt: at })],
    });
    expect(failed.body.match(/All is well/g)?.length).toBeGreaterThan(5);
    expect(failed.body).not.toMatch(/^All is well/m);
    expect(failed.body).not.toContain('\u202e');
  });

  test('begins no line and no section of its own, and hides nothing', () => {
    expect(body).not.toMatch(/^All is well/m);
    expect(body.match(/^What was done/gm)).toHaveLength(1);
    for (const character of '\u202e\u0007\r') expect(body).not.toContain(character);
    expect(body).not.toContain('https://evil');
    expect(body).toContain('<b>');
  });

  test('does not reach the subject', () => {
    expect(subject).not.toContain('evil');
    expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
  });
});

describe('every message', () => {
  const names = fc.stringMatching(/^[a-z0-9]{1,60}(\/[a-z0-9]{1,60}){0,3}$/);
  const outcomes = fc.constantFrom<Outcome>(
    'contained',
    'degraded',
    'not-contained',
    'held',
    'observed',
    'joined',
    'undone',
    'released',
    'ignored',
  );

  test('has the prefix and a name in the first 40 characters of an ASCII subject of at most 99', () => {
    fc.assert(
      fc.property(names, outcomes, (repository, outcome) => {
        const one = planFor([finding({ resource: { ...image, repository } })]);
        const { subject, body, tier } = message({ plan: one, outcome, receipts: [] });
        const prefix = tier === 'page' ? 'GET UP: ' : 'NO ACTION: ';
        const name = shortName(repository, 40 - prefix.length);
        expect(subject.startsWith(prefix + name)).toBe(true);
        expect((prefix + name).length).toBeLessThanOrEqual(40);
        expect(name.length).toBeGreaterThan(0);
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
        const [first = ''] = body.split('\n');
        expect(first.length).toBeLessThanOrEqual(140);
        expect(first).toContain('us-east-1 123456789012');
      }),
    );
  });

  test('stays far below what SNS takes, even where everything is as long as it can be', () => {
    const long = '漢'.repeat(100_000);
    const findings = Array.from({ length: 300 }, (_, i) => finding({ id: `${i}`, title: long }));
    const one = planFor(findings);
    const lots = Array.from({ length: 500 }, (_, i) => `${i} ${long}`);
    const steps = one.steps.slice(1).flatMap((last) =>
      Array.from({ length: 300 }, (_, i) => ({
        ...last,
        key: `k${i}`,
        sentence: `${i} ${long}`,
        undo: { possible: true, sentence: `${i} ${long}` } as const,
      })),
    );
    const big = { ...one, steps, proposed: steps, notDone: lots, seen: lots, reason: long, owner: long };
    const verified = { state: 'holds', seen: long, at };
    const receipts = steps.map(({ key }, i) =>
      receipt(one, 'image.archive', { key, did: long, failed: long, verified, state: i % 2 === 0 ? 'done' : 'failed' }),
    );
    const { body } = message({ plan: big, receipts });
    expect(Buffer.byteLength(body)).toBeLessThan(190_000);
    expect(body).toContain('Incident image/123456789012');
    expect(body).toContain('and 290 more');
  });
});

describe('the name of a resource', () => {
  test('loses folders before letters', () => {
    expect(shortName('payments/checkout-api', 30)).toBe('payments/checkout-api');
    expect(shortName('company/payments/checkout-api', 24)).toBe('payments/checkout-api');
    expect(shortName('payments/checkout-api', 13)).toBe('checkout-api');
    expect(shortName('a-very-long-repository-name', 10)).toBe('a-very-...');
  });

  test('leaves room for the rest of a text message', () => {
    const about = { account: '123456789012', region: 'ap-southeast-2', name: 'x'.repeat(256), digest, lines: [] };
    const text = smsText('page', about, 'held, Firebreak could not finish');
    expect(text.length).toBe(140);
    expect(text).toMatch(
      /^GET UP: x+\.\.\. held, Firebreak could not finish\. 3f1c9e0d5a7b ap-southeast-2 123456789012$/,
    );
  });
});

describe('the messages about our own failure', () => {
  test('the subject of the machine is what people filter for', () => {
    expect(machineFailureSubject).toBe('GET UP: Firebreak could not finish');
  });

  const reason = 'Two runs\nin a row ended.';
  const dead = { incident, reason, now, stage: 'prod', tier: 'page', escalates: null } as const;

  test('an incident held after dead runs is told by its key alone', () => {
    const held = composeHeld(dead);
    expect(held.subject).toMatch(/^GET UP: payments\/checkout-api held, Firebreak could not finish/);
    expect(held.body).toContain('Two runs in a row ended.');
    expect(held.body).toContain(`firebreak incidents show ${incident} --stage prod`);
    expect(held.body).not.toContain('acknowledge');
    expect(composeHeld({ ...dead, tier: 'notice' }).subject).toMatch(/^NO ACTION: /);
    const goesOn = composeHeld({ ...dead, escalates: { afterSeconds: 900, times: 2 } });
    expect(goesOn.body).toContain('firebreak acknowledge');
    // A key that is none of ours is shown as it is.
    expect(composeHeld({ ...dead, incident: 'odd' }).subject).toMatch(/^GET UP: odd held/);
  });
});
