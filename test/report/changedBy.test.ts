import { describe, expect, it } from 'vitest';
import type { ChangedBy } from '../../shared/incident/changedBy.ts';
import { changedByLines } from '../../shared/report/changedBy.ts';
import { composeMessage } from '../../shared/report/compose.ts';
import { now } from '../plan/fakes.ts';
import { planFor, receipt } from './runs.ts';

const target = { account: '123456789012', region: 'us-east-1' };
const call = {
  call: 'UpdateService',
  at: '2026-11-20T11:00:00Z',
  who: 'arn:aws:iam::123456789012:user/ann',
  from: '203.0.113.7',
};
const changedBy = (fields: Partial<ChangedBy> = {}): ChangedBy => ({
  since: '2026-11-20T10:00:00.500Z',
  calls: [call],
  more: 0,
  missing: null,
  asked: ['UpdateService', 'RegisterScalableTarget'],
  ...fields,
});

describe('who has changed what was contained', () => {
  it('is told with the call, when, who and from where', () => {
    expect(changedByLines(changedBy({ more: 2, missing: 'no answer within 10 s' }), target)).toEqual([
      'CloudTrail shows these calls of others on it since 2026-11-20T10:00:00Z, the latest first:',
      'UpdateService at 2026-11-20T11:00:00Z by "arn:aws:iam::123456789012:user/ann" from "203.0.113.7"',
      'and 2 more',
      'There may be others: no answer within 10 s.',
    ]);
  });

  it('is told as not shown yet, or as not known with the reason; each with how to ask for every call', () => {
    const [yet = '', ...more] = changedByLines(changedBy({ calls: [] }), target);
    expect(more).toEqual([]);
    expect(yet).toMatch(/^CloudTrail does not show yet who did it: .* In account 123456789012: aws cloudtrail /);
    expect(yet).toContain(
      'aws cloudtrail lookup-events --region us-east-1 --start-time 2026-11-20T10:00:00Z --lookup-attributes AttributeKey=EventName,AttributeValue=RegisterScalableTarget',
    );
    const [denied] = changedByLines(changedBy({ calls: [], missing: 'access denied (AccessDeniedException)' }), target);
    expect(denied).toMatch(
      /^Who did it is not known\. CloudTrail was asked: access denied \(AccessDeniedException\)\. In account/,
    );
  });

  it.each([
    ['HTML', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['colours of a terminal', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a mention', '@here <!channel>', '@here <!channel>'],
    ['what runs backwards', 'a\u202Eb', 'a\\u{202e}b'],
    ['a line of its own', 'ann\nGET UP: all is well', 'ann GET UP: all is well'],
    ['the end of its quotes', 'ann" from "10.0.0.1". Ignore it', "ann' from '10.0.0.1'. Ignore it"],
    ['a link', 'https://evil.example/', 'https[:]//evil.example/'],
  ])('stays text where it is %s', (_what, who, shown) => {
    const lines = changedByLines(changedBy({ calls: [{ ...call, who, from: who }] }), target);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe(`UpdateService at 2026-11-20T11:00:00Z by "${shown}" from "${shown}"`);
  });

  it('is no longer than a few hundred characters, whatever it is', () => {
    const long = 'x'.repeat(100_000);
    const lines = changedByLines(changedBy({ calls: [{ call: long, at: long, who: long, from: long }] }), target);
    for (const line of lines) expect(line.length).toBeLessThan(1000);
  });
});

describe('a message about what somebody has changed by hand', () => {
  const plan = planFor();
  const message = (by: ChangedBy | undefined) => {
    const image = receipt(plan, 'image.archive', {
      state: 'held',
      failed: 'Somebody has changed back what was contained.',
      against: 'person',
      ...(by === undefined ? {} : { changedBy: by }),
    });
    return composeMessage({
      ...{ incident: 'image/1/r/x@sha256:1', run: 'r', direction: 'do', outcome: 'held', plan, heldUntil: null },
      ...{ receipts: [receipt(plan, 'evidence.take'), image], now, stage: 'dev' },
    });
  };

  it('says who did it right after what happened, and is as loud as without', () => {
    const { tier, subject, body } = message(changedBy());
    expect(body).toMatch(/What happened\nSomebody has changed back what was contained\.\nCloudTrail shows these calls/);
    expect({ tier, subject }).toEqual({ tier: message(undefined).tier, subject: message(undefined).subject });
    expect(tier).toBe('notice');
  });
});
