import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts, read, withAt } from './brokenEvent.ts';
import { placesIn } from './changedEvent.ts';
import { sampleEvent } from './sampleEvent.ts';
import { expectSound } from './soundFinding.ts';

const samples = [
  ...['guardduty-miner', 'guardduty-instance', 'inspector-image', 'control-repository', 'config-task-definition'],
  ...['aqua-image', 'sysdig-task', 'prisma-image', 'neuvector-pod', 'qualys-instances', 'action'],
  ...['v2-guardduty-miner', 'v2-detection', 'v2-vulnerability', 'v2-compliance'],
];

/** What is left to another event, or is not meant for us, is ignored. */
function expectSoundOrIgnored(result: ReturnType<typeof read>): void {
  if (result.length > 0) expectSound(result);
}

describe.each(samples)('hub-%s', (name) => {
  const event = sampleEvent(`hub-${name}`);
  const all = placesIn(event.detail);

  test('without any one of its fields, or with null there, is findings, ignored or invalid at a path', () => {
    expect(all.length).toBeGreaterThan(20);
    for (const path of all)
      for (const value of [undefined, null]) expectSoundOrIgnored(read(withAt(event, path, value)));
  });

  test('with anything at all in several places is findings, ignored or invalid at a path', () => {
    const change = fc.record({ path: fc.constantFrom(...all), value: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        // The deepest first: a later change never goes through what an earlier one took away.
        const deepest = changes.toSorted((a, b) => b.path.length - a.path.length);
        expectSoundOrIgnored(read(deepest.reduce((given, { path, value }) => withAt(given, path, value), event)));
      }),
      { numRuns: 150 },
    );
  });
});

test('with hostile text in every text is findings, ignored or invalid at a path, and nothing hostile becomes a name', () => {
  fc.assert(
    fc.property(fc.constantFrom(...samples), fc.constantFrom(...hostileTexts), (name, text) => {
      const event = sampleEvent(`hub-${name}`);
      for (const path of placesIn(event.detail)) expectSoundOrIgnored(read(withAt(event, path, text)));
    }),
    { numRuns: 15 },
  );
});
