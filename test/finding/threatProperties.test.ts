import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { hostileTexts, places, read, withAt } from './brokenEvent.ts';
import { threatEvent } from './threatEvent.ts';

/** All that Firebreak and DynamoDB rely on, whatever is in the event. */
function expectSound(result: readonly Finding[] | string): void {
  if (typeof result === 'string') {
    expect(result).toMatch(/^detail(\.[A-Za-z]+)*$/);
    return;
  }
  expect(result.length).toBeGreaterThan(0);
  for (const finding of result) {
    expect(finding.account).toMatch(/^\d{12}$/);
    expect(finding.observedAt).toMatch(/^\d{4}-.*Z$/);
    expect(finding.threat?.firstSeenAt).toMatch(/^\d{4}-.*Z$/);
    expect(Buffer.byteLength(incidentKey(finding))).toBeLessThan(2000);
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(100_000);
    if (finding.resource.kind !== 'other') expect(finding.resource.arn).not.toMatch(/[*?\s]/);
  }
  expect(new Set(result.map(({ id }) => id)).size).toBe(result.length);
}

const samples = [
  'ecs-miner',
  'ecs-malware',
  'ecs-attack-sequence',
  'iam-attack-sequence',
  'instance-bitcoin-dns',
  'eks-reverse-shell',
  'lambda-c2',
  'task-role-exfiltrated',
  'hostile-process',
] as const;

describe.each(samples)('%s', (name) => {
  const event = threatEvent(name);
  const all = places(event.detail);

  test('without any one of its fields, or with null there, is findings or invalid at a path', () => {
    expect(all.length).toBeGreaterThan(20);
    for (const path of all) for (const value of [undefined, null]) expectSound(read(withAt(event, path, value)));
  });

  test('is invalid for a missing field only where the statement is impossible without it', () => {
    const needed = all.filter((path) =>
      [undefined, null].some((value) => typeof read(withAt(event, path, value)) === 'string'),
    );
    expect(needed.map((path) => path.join('.')).sort()).toEqual(['id', 'severity', 'type']);
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

test('with hostile text in every text is findings or invalid at a path, and nothing hostile becomes a name', () => {
  const hostile = fc.constantFrom(...hostileTexts);
  fc.assert(
    fc.property(fc.constantFrom(...samples), hostile, (name, text) => {
      const event = threatEvent(name);
      for (const path of places(event.detail)) expectSound(read(withAt(event, path, text)));
    }),
    { numRuns: 15 },
  );
});
