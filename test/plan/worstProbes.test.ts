import { expect, it } from 'vitest';
import { threatClass, typesBySeverity, typesOfClassA } from '../../shared/plan/threatTypes.ts';
import { takesWorst, worstNamed } from '../../shared/plan/worstIn.ts';
import { worstProbes } from '../../shared/plan/worstProbes.ts';
import type { Pattern } from '../../shared/rules/pattern/pattern.ts';
import { threatTable } from './threatTable.ts';

it('every type that is of the worst class by itself is asked about, and some that their severity makes so', () => {
  const listed = threatTable.filter(([type]) => threatClass({ type, severity: null }) === 'A').map(([type]) => type);
  expect(listed.filter((type) => !typesOfClassA.includes(type))).toEqual([]);
  for (const type of typesBySeverity) {
    expect([threatClass({ type, severity: 5 }), threatClass({ type, severity: 7 })], type).toEqual(['C', 'A']);
  }
});

it('each probe is of the worst class, and each has a name of its own', () => {
  expect(worstProbes.filter((probe) => threatClass(probe) !== 'A')).toEqual([]);
  expect(new Set(worstProbes.map(({ id }) => id)).size).toBe(worstProbes.length);
  expect(new Set(worstProbes.map(({ resource }) => resource.kind))).toEqual(
    new Set(['ecs-task', 'ecs-cluster', 'pod', 'instance', 'role', 'function', 'other']),
  );
});

it.each([
  [{ resource: { cluster: ['test'] } }, true],
  [{ source: ['guardduty'], severity: [{ numeric: ['>=', 9] }] }, true],
  [{ type: [{ prefix: 'DefenseEvasion:' }], severity: [{ numeric: ['<', 7] }] }, false],
  [{ resource: { repository: ['batch/mailer'] } }, false],
  [{ vulnerability: { id: ['CVE-2026-1'] } }, false],
  [{ source: ['inspector'] }, false],
  [{ type: ['Recon:EC2/Portscan'] }, false],
])('%j may take some: %s', (when, takes) => {
  expect(takesWorst(when as Pattern)).toBe(takes);
});

it('names are those that a pattern asks for, each of a list, and some that it does not', () => {
  const when: Pattern = {
    source: ['guardduty'],
    resource: { cluster: ['a', { prefix: 'b-' }], service: [{ exists: true }] },
  };
  const found = worstNamed(when, { mostProbes: 3, byName: true }).map(({ resource }) => resource);
  expect(new Set(found.map((resource) => ('cluster' in resource ? resource.cluster : '')))).toEqual(
    new Set(['a', 'b-x', 'any-value', '/any/value']),
  );
  const typed: Pattern = { type: ['Recon:EC2/Portscan'] };
  expect(worstNamed(typed, { mostProbes: 3, byName: true }).map(({ type }) => type)).toContain('Recon:EC2/Portscan');
  expect(worstNamed(typed, { mostProbes: 3, byName: false })).toEqual([]);
});
