import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { hostileTexts, read, withAt } from './brokenEvent.ts';
import { placesIn } from './changedEvent.ts';
import { configEvent } from './configEvent.ts';

/** All that Firebreak and DynamoDB rely on, whatever is in the event. */
function expectSound(result: readonly Finding[] | string): void {
  if (typeof result === 'string') {
    expect(result).toMatch(/^detail(\.[A-Za-z-]+)*$/);
    return;
  }
  for (const finding of result) {
    expect(finding.account).toMatch(/^\d{12}$/);
    expect(finding.observedAt).toMatch(/^\d{4}-.*Z$/);
    expect(incidentKey(finding).isWellFormed()).toBe(true);
    expect(Buffer.byteLength(incidentKey(finding))).toBeLessThan(2000);
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(20_000);
    if (finding.resource.kind !== 'other') expect(finding.resource.arn).not.toMatch(/[*?\s]/);
  }
}

const samples = [
  'config-task-definition',
  'config-repository-securityhub',
  'config-patch-managed-instance',
  'config-service',
  'config-function',
  'config-role-by-arn',
  'ssm-patch',
  'ssm-custom',
] as const;

describe.each(samples)('%s', (name) => {
  const event = configEvent(name);
  const all = placesIn(event.detail);

  test('without any one of its fields, or with null or hostile text there, is findings or invalid at a path', () => {
    for (const path of all) {
      for (const value of [undefined, null, ...hostileTexts]) expectSound(read(withAt(event, path, value)));
    }
  });

  test('is invalid for a missing field only where the statement is impossible without it', () => {
    const needed = all.filter((path) =>
      [undefined, null].some((value) => typeof read(withAt(event, path, value)) === 'string'),
    );
    const ofRule = ['newEvaluationResult', 'newEvaluationResult.complianceType'];
    const ofNode = ['compliance-status', 'compliance-type', 'resource-id'];
    expect(needed.map((path) => path.join('.')).sort()).toEqual(name.startsWith('ssm-') ? ofNode : ofRule);
  });

  test('with anything at all in several places is findings or invalid at a path', () => {
    const change = fc.record({ path: fc.constantFrom(...all), value: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        // The deepest first: a later change never goes through what an earlier one took away.
        const deepest = changes.toSorted((a, b) => b.path.length - a.path.length);
        expectSound(read(deepest.reduce((given, { path, value }) => withAt(given, path, value), event)));
      }),
      { numRuns: 150 },
    );
  });
});
