import { describe, expect, it } from 'vitest';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { hubEvent } from './hubEvent.ts';
import { invalidPath, oneFinding, parsed, sampleEvent } from './sampleEvent.ts';

describe('a finding in OCSF', () => {
  it('that detects somebody is a threat on its task', () => {
    const finding = oneFinding(sampleEvent('hub-v2-detection'));
    expect(incidentKey(finding)).toBe('ecs-service/123456789012/us-east-1/prod/checkout-api');
    expect(finding).toMatchObject({
      ...{ source: 'securityhub', status: 'open', severity: 7, label: 'high', observedAt: '2026-11-20T09:20:11.000Z' },
      threat: { process: { name: 'sh', path: '/bin/sh' }, remote: '198.51.100.7' },
      product: { id: 'sysdig/sysdig-secure-for-cloud', workflow: 'new' },
    });
  });

  it('is a threat by its class, whatever its types are called', () => {
    const event = hubEvent('v2-detection', { finding_info: { types: ['Terminal shell'] } });
    expect(oneFinding(event)).toMatchObject({ type: 'Terminal shell', threat: { count: 1 } });
  });

  it('on a vulnerability carries it', () => {
    expect(oneFinding(sampleEvent('hub-v2-vulnerability'))).toMatchObject({
      ...{ label: 'critical', resource: { kind: 'image', tags: ['1.42.0', 'prod'] } },
      vulnerability: { id: 'CVE-2026-34567', score: 9.1, epss: 0.42, exploitAvailable: true, fixAvailable: 'yes' },
    });
  });

  it('on a vulnerability that is seen exploited says when', () => {
    const listed = (fields: object) => [{ cve: { uid: 'CVE-2026-34567' }, ...fields }];
    const at = (fields: object) =>
      oneFinding(hubEvent('v2-vulnerability', { vulnerabilities: listed(fields) })).vulnerability?.exploited;
    const seen = { at: '2026-11-18T00:00:00.000Z' };
    expect(at({ exploit_last_seen_time_dt: '2026-11-18T00:00:00Z' })).toEqual(seen);
    expect(at({ exploit_last_seen_time: Date.parse(seen.at) })).toEqual(seen);
    expect(at({})).toBeUndefined();
  });

  it('on compliance is about what it names', () => {
    expect(oneFinding(sampleEvent('hub-v2-compliance'))).toMatchObject({
      ...{ status: 'open', resource: { kind: 'other', type: 'AWS::::Account' } },
    });
    const passed = hubEvent('v2-compliance', { compliance: { status_id: 1, status: 'Pass' } });
    expect(oneFinding(passed).status).toBe('resolved');
  });

  it.each([
    ['closed', { activity_id: 3, activity_name: 'Close' }, 'resolved'],
    ['resolved', { status_id: 4, status: 'Resolved' }, 'resolved'],
    ['suppressed', { status_id: 3, status: 'Suppressed' }, 'suppressed'],
    ['suppressed, by its word alone', { status_id: undefined, status: 'Suppressed' }, 'suppressed'],
    ['in progress', { status_id: 2, status: 'In Progress' }, 'open'],
  ])('%s', (_what, changes, status) => {
    expect(oneFinding(hubEvent('v2-detection', changes)).status).toBe(status);
  });

  it('with its dates in milliseconds is as old as it says', () => {
    const info = { last_seen_time_dt: undefined, last_seen_time: Date.parse('2026-11-20T09:20:12.000Z') };
    expect(oneFinding(hubEvent('v2-detection', { finding_info: info })).observedAt).toBe('2026-11-20T09:20:12.000Z');
  });

  it('that says nothing is invalid', () => {
    expect(invalidPath(() => parsed(sampleEvent('hub-v2-malformed-empty')))).toBe(
      'detail.findings[0].finding_info.uid',
    );
  });
});
