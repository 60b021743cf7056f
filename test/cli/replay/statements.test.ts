import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Statements } from '../../../cli/replay/statements.ts';
import type { Finding } from '../../../shared/finding/finding.ts';
import { contentHash } from '../../../shared/finding/hash.ts';
import { oneFinding, scan } from '../../finding/sampleEvent.ts';
import { threatEvent } from '../../finding/threatEvent.ts';

const volatile = ['observedAt', 'threat.count'];
const samples: readonly Finding[] = [oneFinding(scan()), oneFinding(threatEvent('ecs-malware'))];

type Tree = { [key: string]: unknown };

/** What a version of a finding has otherwise than the one before it. */
const change = fc.record({
  sample: fc.nat(1),
  path: fc.constantFrom(
    'observedAt',
    'threat.count',
    'threat.names',
    'title',
    'severity',
    'resource.id',
    'more',
    'threat',
  ),
  value: fc.oneof(fc.jsonValue(), fc.constant(undefined)),
  remove: fc.boolean(),
});

function changed(
  finding: Finding,
  { path, value, remove }: { path: string; value: unknown; remove: boolean },
): Finding {
  const copy = structuredClone(finding) as unknown as Tree;
  const [first = '', second] = path.split('.');
  const within = second === undefined ? copy : copy[first];
  if (typeof within !== 'object' || within === null) return copy as unknown as Finding;
  if (remove) delete (within as Tree)[second ?? first];
  else (within as Tree)[second ?? first] = value;
  return copy as unknown as Finding;
}

describe('the hash of what a finding says', () => {
  it('is the content hash, whether it was said before or not', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const statements = new Statements();
        for (const one of changes) {
          const sample = samples[one.sample] as Finding;
          for (const finding of [sample, changed(sample, one), sample]) {
            expect(statements.hashOf(finding, volatile)).toBe(contentHash(finding, volatile));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('forgets what was pushed out, and comes to the same again', () => {
    const statements = new Statements();
    const [sample] = samples as [Finding];
    for (let n = 0; n < 9_000; n += 1) statements.hashOf({ ...sample, id: `f${n}` }, volatile);
    const first = { ...sample, id: 'f0', observedAt: '2027-01-01T00:00:00.000Z' };
    expect(statements.hashOf(first, volatile)).toBe(contentHash(first, volatile));
  });
});
