import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts, read, withAt } from './brokenEvent.ts';
import { placesIn } from './changedEvent.ts';
import { expectSound } from './soundFinding.ts';
import { threatEvent } from './threatEvent.ts';

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
  'container-on-host',
  's3-bucket',
  'bedrock-guardrail',
  'ec2-attack-sequence',
] as const;

describe.each(samples)('%s', (name) => {
  const event = threatEvent(name);
  const all = placesIn(event.detail);

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
      for (const path of placesIn(event.detail)) expectSound(read(withAt(event, path, text)));
    }),
    { numRuns: 15 },
  );
});
