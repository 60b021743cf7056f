import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../../shared/finding/envelope.ts';
import type { Finding } from '../../../shared/finding/finding.ts';
import { parseEvent } from '../../../shared/finding/registry.ts';
import { InvalidEvent } from '../../../shared/platform/errors.ts';
import { DOMAINS, KINDS_WITH, SOURCES } from '../../../shared/rules/findingFacts.ts';
import { isOfSort } from '../../../shared/rules/lint/about.ts';

const folder = join(import.meta.dirname, '../../../events');

function findingsIn(file: string): readonly Finding[] {
  try {
    const parsed = parseEvent(parseEnvelope(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
    return parsed.kind === 'findings' ? parsed.findings : [];
  } catch (error) {
    if (error instanceof InvalidEvent) return [];
    throw error;
  }
}

const findings = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => findingsIn(file).map((finding) => [file, finding] as const));

/** Every value of a finding by its path, as a pattern sees it. */
function* valuesOf(node: unknown, path: string): Generator<readonly [path: string, value: unknown]> {
  if (Array.isArray(node)) for (const member of node) yield* valuesOf(member, path);
  else if (node !== null && typeof node === 'object') {
    for (const [key, value] of Object.entries(node)) yield* valuesOf(value, path === '' ? key : `${path}.${key}`);
  } else yield [path, node];
}

const typeNames = { text: 'string', number: 'number', boolean: 'boolean' } as const;

describe('what lint knows of findings', () => {
  it('is tried on many', () => expect(findings.length).toBeGreaterThan(80));

  it.each(findings)('holds for %s', (_file, finding) => {
    const facts = SOURCES[finding.source];
    for (const [path, value] of valuesOf(finding, '')) {
      if (path === 'threat.process') {
        expect(value).toBeNull();
        continue;
      }
      const domain = DOMAINS[path as keyof typeof DOMAINS];
      expect(domain, path).toBeDefined();
      if (value === null) expect(domain.nullable === true || domain.values?.includes(null), path).toBe(true);
      else expect(typeof value, path).toBe(typeNames[domain.type]);
      if (domain.values !== undefined) expect(domain.values, path).toContain(value);
      if (typeof value === 'number') {
        expect(value, path).toBeGreaterThanOrEqual(domain.least ?? Number.NEGATIVE_INFINITY);
        expect(value, path).toBeLessThanOrEqual(domain.most ?? Number.POSITIVE_INFINITY);
      }
      if (typeof value === 'string' && domain.form !== undefined) {
        expect(value, path).toMatch(domain.form.whole);
        expect(value, path).toMatch(domain.form.part);
      }
      const only = facts.only[path as keyof typeof facts.only] as readonly unknown[] | undefined;
      if (only !== undefined) expect(only, path).toContain(value);
    }
    for (const block of ['counts', 'vulnerability', 'compliance', 'exposure', 'threat', 'product', 'says'] as const) {
      if (finding[block] !== undefined) expect(facts.gives).toContain(block);
    }
    expect(isOfSort(finding), `${finding.source}, ${finding.type}, ${finding.resource.kind}`).toBe(true);
    const has = Object.keys(finding.resource);
    for (const [field, kinds] of Object.entries(KINDS_WITH)) {
      expect(Object.hasOwn(kinds, finding.resource.kind), field).toBe(has.includes(field));
    }
  });
});
