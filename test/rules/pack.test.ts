import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import { decideRule } from '../../shared/rules/decide.ts';
import { finding } from './ruleFixtures.ts';

const folder = new URL('../../rules/', import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({
    path: name === 'settings.yaml' ? 'settings' : `rules/${name.replace('.yaml', '')}`,
    text: readFileSync(new URL(name, folder), 'utf8'),
  }));
const { set, problems } = compileRuleSet(sources, catalogue);

const decide = (about: Finding) => {
  if (set === null) throw new Error('the pack does not compile');
  return decideRule(about, set, new Date('2026-11-24T12:00:00Z')).rule?.name ?? null;
};
const vulnerable: Finding = {
  ...finding,
  source: 'inspector',
  type: 'PACKAGE_VULNERABILITY',
  vulnerability: { id: 'CVE-2026-1', score: 9.8, epss: 0.9, exploitAvailable: true, fixAvailable: 'yes' },
};

describe('the shipped rules', () => {
  it('compile without an error or a warning', () => {
    expect(problems).toEqual([]);
    expect(set?.rules.map(({ name }) => name)).toEqual([
      'image-critical',
      'image-exploitable',
      'threat-ecs',
      'threats-high',
      'threats-low',
      'threats-medium',
    ]);
  });

  it('change nothing until a team dares, and wake nobody for a vulnerable image that runs', () => {
    for (const rule of set?.rules ?? []) {
      expect(rule.mode, rule.name).toBe('observe');
      if (rule.name.startsWith('image-')) expect(rule.page, rule.name).toEqual({ held: 'notice' });
    }
  });

  it('contain on ECS what is high, and of what is medium ways out of the container and malware', () => {
    const task = { ...finding.resource, kind: 'ecs-task', id: 'prod/1' } as unknown as Finding['resource'];
    const cluster = { ...finding.resource, kind: 'ecs-cluster', id: 'prod' } as unknown as Finding['resource'];
    const threat = (severity: number, type = 'Impact:Runtime/AbusedDomainRequest.Reputation'): Finding => ({
      ...{ ...finding, source: 'guardduty', severity, type },
      resource: task,
    });
    expect([threat(9), threat(7), { ...threat(9.5), resource: cluster }].map(decide)).toEqual(
      Array(3).fill('threat-ecs'),
    );
    expect(decide(threat(5, 'PrivilegeEscalation:Runtime/DockerSocketAccessed'))).toBe('threat-ecs');
    expect(decide(threat(4, 'Execution:ECS/SuspiciousFile'))).toBe('threat-ecs');
    expect(decide(threat(6.9))).toBe('threats-medium');
    expect(decide(threat(3, 'PrivilegeEscalation:Runtime/ElevationToRoot'))).toBe('threats-low');
    expect(decide({ ...threat(9), sample: true })).toBeNull();
    expect(decide({ ...threat(9), status: 'suppressed' })).toBeNull();
  });

  it('take every threat that is open and no sample, by its severity, whatever it is about', () => {
    const about = { kind: 'other', id: 'S3Bucket/a', arn: '', type: 'S3Bucket' } as const;
    const threat = (severity: number): Finding => ({ ...finding, source: 'guardduty', severity, resource: about });
    const names = [10, 9, 7, 6.9, 4, 3.9, 1, 0].map((severity) => decide(threat(severity)));
    expect(names).toEqual([
      ...['threats-high', 'threats-high', 'threats-high'],
      ...['threats-medium', 'threats-medium'],
      ...['threats-low', 'threats-low', 'threats-low'],
    ]);
    expect(decide({ ...threat(9), sample: true })).toBeNull();
    expect(decide({ ...threat(9), status: 'suppressed' })).toBeNull();
    for (const kind of ['ecs-cluster', 'instance', 'pod', 'role'] as const) {
      expect(decide({ ...threat(7), resource: { ...about, kind } as Finding['resource'] })).not.toBeNull();
    }
  });

  it('stay with the stage for the default mode', () => {
    expect(compileRuleSet(sources, catalogue, { defaultMode: 'enforce' }).set?.settings.defaultMode).toBe('enforce');
  });

  it('take an image with critical vulnerabilities, and leave the others alone', () => {
    expect(decide(finding)).toBe('image-critical');
    expect(decide({ ...finding, source: 'inspector' })).toBe('image-critical');
    const counts = { critical: 0, high: 40, medium: 0, low: 0, informational: 0, undefined: 0 };
    expect(decide({ ...finding, counts })).toBeNull();
    expect(decide({ ...finding, status: 'inconclusive' })).toBeNull();
    expect(decide({ ...finding, sample: true })).toBeNull();
  });

  it('take a critical vulnerability with a known exploit, and leave the others alone', () => {
    expect(decide(vulnerable)).toBe('image-exploitable');
    expect(decide({ ...vulnerable, label: 'high' })).toBeNull();
    const vulnerability = { id: 'CVE-2026-1', score: 9.8, epss: null, exploitAvailable: null, fixAvailable: null };
    expect(decide({ ...vulnerable, vulnerability })).toBeNull();
    expect(decide({ ...vulnerable, status: 'resolved' })).toBeNull();
  });
});
