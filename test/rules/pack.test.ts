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

/** Nothing is known of how it is exploited. */
const weakness = { id: 'CVE-2026-1', score: 9.8, epss: null, exploitAvailable: false, fixAvailable: null };
const arn = 'arn:aws:ec2:us-east-1:123456789012:instance/i-1';
const host: Finding['resource'] = { kind: 'instance', id: 'i-1', arn };
const lambda: Finding['resource'] = { kind: 'function', id: arn, arn };

const ecsTask = { ...finding.resource, kind: 'ecs-task', id: 'prod/1' } as unknown as Finding['resource'];
const ecsCluster = { ...finding.resource, kind: 'ecs-cluster', id: 'prod' } as unknown as Finding['resource'];
const onEcs = (severity: number, type = 'Impact:Runtime/AbusedDomainRequest.Reputation'): Finding => ({
  ...{ ...finding, source: 'guardduty', severity, type },
  resource: ecsTask,
});

describe('the shipped rules', () => {
  it('compile without an error or a warning, and are a dozen at least', () => {
    expect(problems).toEqual([]);
    expect(set?.rules.length).toBeGreaterThanOrEqual(12);
  });

  it.each(sources.filter(({ path }) => path.startsWith('rules/')))(
    '$path says why, and what it costs if it is wrong',
    ({ text }) => {
      const comment = (text.split(/^name:/m)[0] ?? '').replaceAll(/\n# ?/g, ' ');
      expect(comment).toContain('What it costs if it is wrong: ');
      expect(comment).toMatch(/enforces on day one|only observes|As for image-critical|as for image-critical/);
      expect(set?.rules.find(({ name }) => text.includes(`name: ${name}\n`))?.description).not.toBe('');
    },
  );

  it('change on day one what runs in an accused task alone, and an image that brought malware', () => {
    const changing = (set?.rules ?? [])
      .filter(({ mode, approval }) => mode === 'enforce' && approval === undefined)
      .flatMap(({ name, do: entries }) =>
        entries.flatMap(({ action, params }) => (action === 'evidence.capture' ? [] : [[name, action, params]])),
      );
    expect(changing).toEqual([
      ['drop-point-ecs', 'ecs.contain-service', { strategy: 'replace-task', allowZero: false }],
      ['drop-point-ecs', 'ecs.stop-task', { only: 'standalone' }],
      ['escape-ecs', 'ecs.contain-service', { strategy: 'replace-task', allowZero: false }],
      ['escape-ecs', 'ecs.stop-task', { only: 'standalone' }],
      ['malware-ecs', 'ecs.contain-service', { strategy: 'by-cause', allowZero: false }],
      ['malware-ecs', 'ecs.stop-task', { only: 'standalone' }],
      ['malware-ecs', 'ecr.quarantine-image', { when: 'cause-is-image' }],
      ['threat-ecs', 'ecs.contain-service', { strategy: 'replace-task', allowZero: false }],
      ['threat-ecs', 'ecs.stop-task', { only: 'standalone' }],
    ]);
  });

  it('wake nobody for a vulnerable image that runs', () => {
    for (const { name, page } of set?.rules ?? [])
      if (name.startsWith('image-')) expect(page, name).toMatchObject({ held: 'notice' });
  });

  it('leave what only says that an image came back to the rules that contained it, and tell of a repository that is not scanned any more', () => {
    const activity = (type: string): Finding => ({ ...finding, source: 'ecr', type, severity: null, label: 'unknown' });
    expect(['ImagePushed', 'ImageRestored', 'ImageArchived'].map(activity).map(decide)).toEqual([null, null, null]);
    expect(decide(activity('ScanningSwitchedOff'))).toBe('scanning-off');
  });

  it('contain on ECS what is high, and of what is medium ways out of the container and malware', () => {
    expect([onEcs(9), onEcs(7), { ...onEcs(9.5), resource: ecsCluster }].map(decide)).toEqual(
      Array(3).fill('threat-ecs'),
    );
    expect(decide(onEcs(5, 'PrivilegeEscalation:Runtime/DockerSocketAccessed'))).toBe('escape-ecs');
    expect(decide(onEcs(8, 'PrivilegeEscalation:Runtime/RuncContainerEscape'))).toBe('escape-ecs');
    expect(decide(onEcs(4, 'Execution:ECS/SuspiciousFile'))).toBe('malware-ecs');
    expect(decide(onEcs(8, 'Execution:Runtime/MaliciousFileExecuted'))).toBe('malware-ecs');
    expect(decide(onEcs(6.9))).toBe('threats-medium');
    expect(decide(onEcs(3, 'PrivilegeEscalation:Runtime/ElevationToRoot'))).toBe('threats-low');
    expect(decide({ ...onEcs(9), sample: true })).toBeNull();
    expect(decide({ ...onEcs(9), status: 'suppressed' })).toBeNull();
  });

  it('take stolen credentials of a role, of whatever it was given to', () => {
    const role = { ...finding.resource, kind: 'role', id: 'checkout' } as unknown as Finding['resource'];
    const of = (type: string): string | null => decide({ ...onEcs(8, type), resource: role });
    expect(of('UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS')).toBe('role-credentials');
    expect(of('UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS')).toBe('role-credentials');
    expect(of('Recon:IAMUser/UserPermissions')).toBe('threats-high');
  });

  it('take a likely exploited vulnerability with a fix, and leave the others alone', () => {
    const fixable: Finding = {
      ...{ ...vulnerable, label: 'high' },
      vulnerability: { id: 'CVE-2026-1', score: 7.9, epss: 0.1, exploitAvailable: false, fixAvailable: 'yes' },
    };
    const but = (vulnerability: Partial<NonNullable<Finding['vulnerability']>>): string | null =>
      decide({ ...fixable, vulnerability: Object.assign({}, fixable.vulnerability, vulnerability) });
    expect(but({})).toBe('image-fixable');
    expect([but({ epss: 0.09 }), but({ epss: null }), but({ fixAvailable: 'no' })]).toEqual([null, null, null]);
    expect(decide({ ...fixable, label: 'medium' })).toBeNull();
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

  it('take what is not compliant and no sample, whatever it is about, and however severe', () => {
    const about = { kind: 'other', id: 'AWS::EC2::Volume/vol-1', arn: '', type: 'AWS::EC2::Volume' } as const;
    const open: Finding = { ...finding, source: 'config', type: 'ConfigCompliance', severity: null, resource: about };
    expect(decide(open)).toBe('configuration');
    expect(decide({ ...open, source: 'ssm', severity: 9, label: 'critical' })).toBe('configuration');
    for (const kind of ['ecr-repository', 'ecs-task-definition', 'ecs-service', 'instance', 'role'] as const) {
      expect(decide({ ...open, resource: { ...about, kind } as Finding['resource'] })).toBe('configuration');
    }
    for (const status of ['resolved', 'inconclusive', 'suppressed'] as const)
      expect(decide({ ...open, status })).toBeNull();
    expect(decide({ ...open, sample: true })).toBeNull();
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
    expect(decide({ ...vulnerable, label: 'high' })).toBe('image-fixable');
    expect(decide({ ...vulnerable, label: 'medium' })).toBeNull();
    const vulnerability = { id: 'CVE-2026-1', score: 9.8, epss: null, exploitAvailable: null, fixAvailable: null };
    expect(decide({ ...vulnerable, vulnerability })).toBeNull();
    expect(decide({ ...vulnerable, status: 'resolved' })).toBeNull();
  });

  it('take what is seen exploited before its severity, on an image, an instance and a function', () => {
    const seen: Finding = {
      ...vulnerable,
      vulnerability: { ...weakness, exploited: { at: '2026-11-18T00:00:00.000Z' } },
    };
    const named = ['image-exploited', 'host-exploitable', 'function-exploitable'];
    for (const label of ['critical', 'high', 'unknown'] as const) {
      const found = [seen, { ...seen, resource: host }, { ...seen, resource: lambda }];
      expect(found.map((one) => decide({ ...one, label }))).toEqual(named);
      expect(found.map((one) => decide({ ...one, label, status: 'resolved' }))).toEqual([null, null, null]);
      const notSeen = found.map((one) => decide({ ...one, label, vulnerability: weakness }));
      expect(notSeen).toEqual([null, null, null]);
    }
    expect(decide({ ...seen, label: 'medium' })).toBeNull();
    const tiers = (set?.rules ?? []).filter(({ name }) => named.includes(name)).map(({ page }) => page.observed);
    expect(tiers).toEqual(['notice', 'notice', 'notice']);
  });

  it('take the same on an instance and a function, and leave what is not known to be exploited to others', () => {
    const on = (resource: Finding['resource']): Finding => ({ ...vulnerable, label: 'critical', resource });
    expect([host, lambda].map((one) => decide(on(one)))).toEqual(['host-exploitable', 'function-exploitable']);
    for (const one of [host, lambda].map(on)) {
      expect(decide({ ...one, vulnerability: weakness })).toBeNull();
      expect(decide({ ...one, label: 'high' })).toBe('running-fixable');
      const noFix: Finding['vulnerability'] = { ...weakness, epss: 0.97, fixAvailable: 'no' };
      expect(decide({ ...one, vulnerability: noFix })).toBeNull();
      expect(decide({ ...one, vulnerability: { ...noFix, fixAvailable: 'yes' } })).toBe('running-fixable');
      expect(decide({ ...one, type: 'CODE_VULNERABILITY' })).toBeNull();
      expect(decide({ ...one, status: 'suppressed' })).toBeNull();
    }
  });

  it('take a loss of sight, which has no severity, and not that it is over', () => {
    const lost: Finding = { ...finding, source: 'guardduty', type: 'RuntimeProtectionUnhealthy', severity: null };
    expect(decide(lost)).toBe('sight-lost');
    expect(decide({ ...lost, status: 'resolved' })).toBeNull();
  });
});
