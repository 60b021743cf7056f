import { expect } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';

/** All that Firebreak and DynamoDB rely on, whatever is in the event. */
export function expectSound(result: readonly Finding[] | string): void {
  if (typeof result === 'string') {
    expect(result).toMatch(/^detail(\.[A-Za-z0-9_-]+|\[\d+\])*$/);
    return;
  }
  expect(result.length).toBeGreaterThan(0);
  for (const finding of result) {
    expect(finding.account).toMatch(/^\d{12}$/);
    expect(finding.observedAt).toMatch(/^\d{4}-.*Z$/);
    if (finding.threat !== undefined) expect(finding.threat.firstSeenAt).toMatch(/^\d{4}-.*Z$/);
    expect(Buffer.byteLength(incidentKey(finding))).toBeLessThan(2000);
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(100_000);
    if (finding.resource.kind !== 'other') expect(finding.resource.arn).not.toMatch(/[*?\s]/);
  }
  expect(new Set(result.map(({ id }) => id)).size).toBe(result.length);
}
