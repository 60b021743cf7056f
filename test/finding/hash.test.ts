import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configChange } from '../../shared/finding/configChange.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { imageScan } from '../../shared/finding/imageScan.ts';
import type { Source } from '../../shared/finding/source.ts';
import { threatFinding } from '../../shared/finding/threatFinding.ts';
import { configEvent } from './configEvent.ts';
import { inspectorFinding, oneFinding, scan } from './sampleEvent.ts';
import { threatEvent } from './threatEvent.ts';

type Tree = { [key: string]: unknown };

/** Dotted paths of every leaf, and of every list, of a finding. */
function paths(value: Tree, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? paths(inner as Tree, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );
}

function changed(finding: Finding, path: string, value: unknown): Finding {
  const copy: Tree = structuredClone({ ...finding });
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = copy;
  for (const key of keys) at = at[key] as Tree;
  // What the field is, and something else of the same kind beside it.
  at[last] = [at[last], value];
  return copy as unknown as Finding;
}

const samples: readonly (readonly [string, Finding, Source])[] = [
  ['a scan', oneFinding(scan()), imageScan],
  ['an Inspector finding', oneFinding(inspectorFinding()), imageScan],
  ['a threat', oneFinding(threatEvent('ecs-malware')), threatFinding],
  ['a rule of AWS Config', oneFinding(configEvent('config-task-definition')), configChange],
  ['a compliance of Systems Manager', oneFinding(configEvent('ssm-patch')), configChange],
];

describe.each(samples)('the content hash of %s', (_, finding, { volatile }) => {
  const hash = (of: Finding) => contentHash(of, volatile);
  const all = paths({ ...finding });
  const stable = all.filter((path) => !volatile.includes(path));

  test('stays when the volatile fields change, in any way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...volatile.filter((path) => all.includes(path))), fc.jsonValue(), (path, value) => {
        expect(hash(changed(finding, path, value))).toBe(hash(finding));
      }),
    );
  });

  test('changes with every other field', () => {
    expect(stable.length).toBeGreaterThan(12);
    for (const path of stable) expect(hash(changed(finding, path, 1)), path).not.toBe(hash(finding));
    fc.assert(
      fc.property(fc.constantFrom(...stable), fc.jsonValue(), (path, value) => {
        expect(hash(changed(finding, path, value))).not.toBe(hash(finding));
      }),
    );
  });

  test('does not depend on the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(finding).reverse()) as unknown as Finding;
    expect(hash(reversed)).toBe(hash(finding));
  });
});

describe('two deliveries of one statement', () => {
  test('differ in envelope and time, not in id and hash', () => {
    const again = { ...scan(), id: 'another', time: '2026-11-21T00:00:00Z', resources: [] };
    const [first, second] = [oneFinding(scan()), oneFinding(again)];
    expect(second.id).toBe(first.id);
    expect(second.observedAt).not.toBe(first.observedAt);
    expect(contentHash(second, imageScan.volatile)).toBe(contentHash(first, imageScan.volatile));
  });

  test('a scan with other counts is the same finding with another hash', () => {
    const more = oneFinding(scan({ 'finding-severity-counts': { CRITICAL: 3 } }));
    expect(more.id).toBe(oneFinding(scan()).id);
    expect(contentHash(more, imageScan.volatile)).not.toBe(contentHash(oneFinding(scan()), imageScan.volatile));
  });

  test('a volatile path that leads nowhere changes nothing', () => {
    expect(contentHash(oneFinding(scan()), ['title.x', 'none'])).toBe(contentHash(oneFinding(scan()), []));
    expect(contentHash(oneFinding(scan()), ['resource.tags'])).not.toBe(contentHash(oneFinding(scan()), []));
  });
});
