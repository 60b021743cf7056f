import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canaryOf, isCanary } from '../../shared/finding/canary.ts';
import { parseEnvelope } from '../../shared/finding/envelope.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { leadsTo } from '../../shared/finding/resource.ts';
import { findingsOf, parsed, sampleEvent } from './sampleEvent.ts';

/** As EventBridge sends it when a rule fires by the clock (EventBridge user guide, scheduled rules). */
const scheduled = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: '2026-11-20T09:15:00Z',
  region: 'us-east-1',
  resources: ['arn:aws:events:us-east-1:123456789012:rule/firebreak-dev-ThreatFindingRule-1A2B'],
  detail: {},
};
const of = (change: object = {}) => canaryOf(parseEnvelope({ ...scheduled, ...change }));

describe('the canary', () => {
  it('has an incident of its own, the same each time', () => {
    const first = of();
    expect(first).toBe('canary/123456789012/us-east-1/threat-findings');
    expect(of({ id: 'another', time: '2026-11-20T09:20:00Z' })).toBe(first);
    expect(isCanary(first ?? '')).toBe(true);
  });

  it('is what EventBridge alone can send', () => {
    expect(of({ source: 'firebreak.canary' })).toBeUndefined();
    expect(of({ 'detail-type': 'GuardDuty Finding' })).toBeUndefined();
  });

  it('is no finding: no source reads it', () => {
    expect(parsed(scheduled)).toMatchObject({ kind: 'ignored' });
  });

  it('is never what something that was found belongs to', () => {
    expect(Object.keys(leadsTo)).not.toContain('canary');
    const names = readdirSync('events').filter((name) => /^guardduty-(?!.*malformed)/.test(name));
    const keys = names.flatMap((name) => {
      const event = sampleEvent(name.replace(/\.json$/, ''));
      return parsed(event).kind === 'ignored' ? [] : findingsOf(event).map(incidentKey);
    });
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter(isCanary)).toEqual([]);
    const [finding] = findingsOf(sampleEvent('guardduty-s3-bucket'));
    if (finding?.resource.kind !== 'other') throw new Error('a bucket is something that nothing acts on');
    const id = 'canary/123456789012/us-east-1/threat-findings';
    expect(isCanary(incidentKey({ ...finding, resource: { ...finding.resource, id } }))).toBe(false);
  });
});
