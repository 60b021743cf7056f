import { describe, expect, it } from 'vitest';
import { exemption, now, rule } from '../fakes.ts';
import { critical, digest, judged, registry, runnable, scanned } from './fakes.ts';

describe('what the rules say', () => {
  const found = { scan: scanned({ CRITICAL: 1 }) };
  const observing = { ...critical, mode: 'observe' as const };

  it('blocks by a rule that enforces, warns by one that observes', () => {
    expect(judged(found)).toMatchObject({
      verdict: 'blocked',
      reasons: [{ rule: { name: 'critical', mode: 'enforce' }, total: 1 }],
    });
    const came = judged({ ...found, rules: [observing] });
    expect(came).toMatchObject({
      verdict: 'passed',
      why: ['rules rule warn'],
      reasons: [{ rule: { mode: 'observe' } }],
    });
  });

  it('warns by a rule that enforces and does nothing to an image', () => {
    const stores = { ...critical, do: [{ action: 'evidence.take', params: {} }] };
    expect(judged({ ...found, rules: [stores] })).toMatchObject({ verdict: 'passed', why: ['rules rule warn'] });
  });

  it.each([
    ['of the finding', {}, 'exempted'],
    ['from the rule', { rules: ['critical'] }, 'exempted'],
    ['from what contains', { actions: ['image.archive'] }, 'exempted'],
  ])('is left out by an exemption %s, which is told with its end', (_what, fields, code) => {
    const came = judged({ ...found, exemptions: [exemption(fields)] });
    expect(came).toMatchObject({ verdict: 'passed', why: [`rules ${code} note`] });
    expect(came.reasons[0]?.exemption).toEqual({ name: 'e1', owner: 'team-a', expires: '2027-01-01T00:00:00.000Z' });
  });

  it.each([
    ['that has expired', { expires: now.toISOString() }],
    ['from another rule', { rules: ['other'] }],
    ['from what does not contain', { actions: ['evidence.take'] }],
    ['from being woken', { scope: 'paging' as const }],
  ])('is not left out by an exemption %s', (_what, fields) => {
    const both = { ...critical, do: [{ action: 'evidence.take', params: {} }, ...critical.do] };
    expect(judged({ ...found, rules: [both], exemptions: [exemption(fields)] }).verdict).toBe('blocked');
  });

  it('leaves a finding to the next rule where the first is exempted from', () => {
    const next = rule({ ...critical, name: 'next' });
    const came = judged({ ...found, rules: [critical, next], exemptions: [exemption({ rules: ['critical'] })] });
    expect(came).toMatchObject({ verdict: 'blocked', reasons: [{ rule: { name: 'next' } }] });
  });

  it('is asked of the tags of each platform, as an event about it has them, and not of its index', () => {
    const tagged = exemption({ when: { resource: { tags: ['1.0'] } } });
    const untagged = [runnable({ tags: [], scan: scanned({ CRITICAL: 1 }) })];
    expect(judged({ asked: { runnable: untagged }, exemptions: [tagged] }).verdict).toBe('blocked');
    expect(judged({ ...found, exemptions: [tagged] }).verdict).toBe('passed');
  });

  it('is one reason for a rule, with the worst findings first and how many there are', () => {
    const enhanced = Array.from({ length: 30 }, (_, n) => ({
      findingArn: `arn:${n}`,
      type: 'PACKAGE_VULNERABILITY',
      severity: n === 7 ? 'CRITICAL' : 'HIGH',
      status: 'ACTIVE',
      title: `CVE-1900-${n}`,
      packageVulnerabilityDetails: { vulnerabilityId: `CVE-1900-${n}` },
    }));
    const every = rule({ name: 'every', when: { type: ['PACKAGE_VULNERABILITY'] } });
    const [reason] = judged({ scan: { status: 'ACTIVE', counts: { HIGH: 30 }, enhanced }, rules: [every] }).reasons;
    expect(reason).toMatchObject({ total: 30, place: `${registry}/payments/api@${digest}` });
    expect(reason?.findings).toHaveLength(20);
    expect(reason?.message).toMatch(/^Rule every would contain the image: CVE-1900-7; .*and 27 more\.$/);
  });

  it('cannot be told of a finding that nobody can read', () => {
    const enhanced = [{ findingArn: 'arn', type: 'PACKAGE_VULNERABILITY', severity: 'HIGH', status: 'ODD' }];
    const came = judged({ scan: { status: 'ACTIVE', counts: {}, enhanced } });
    expect(came).toMatchObject({ verdict: 'unknown', why: ['rules unreadable-finding unknown'] });
  });
});
