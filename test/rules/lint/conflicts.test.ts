import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';

const saidOf = (when: string, does = 'evidence.capture'): readonly string[] =>
  compileRuleSet(
    [{ path: 'rules/asked', text: `name: asked\nwhen: ${when}\ndo: [${does}]\nmode: observe\n` }],
    catalogue,
  ).problems.map(({ code, message }) => `${code}: ${message}`);

describe('why conditions exclude each other', () => {
  it.each([
    [
      '{ source: [config], compliance: { rule: [restricted-ssh], type: [Patch] } }',
      'in findings of config "compliance.type" is "config" alone',
    ],
    ['{ source: [config], type: [ImageScan] }', 'in findings of config "type" is "ConfigCompliance" alone'],
    ['{ source: [ecr], compliance: { type: [Patch] } }', '"compliance.type" is in findings of config and ssm alone'],
  ])('%s: it is said by what the source may have there', (when, why) => {
    expect(saidOf(when)).toEqual([expect.stringContaining(why)]);
  });
});

describe('a rule whose source, type and kind of resource never go together', () => {
  it.each([
    ['{ source: [guardduty], type: [ImageScan] }', 'contradiction'],
    ['{ type: [ImageScan], resource: { kind: [instance] } }', 'contradiction'],
    ['{ source: [ecr], resource: { kind: [instance] } }', 'contradiction'],
    ['{ compliance: { rule: [restricted-ssh] }, resource: { kind: [ecs-task] } }', 'contradiction'],
    ['{ source: [guardduty], resource: { launchType: [fargate] } }', 'unknown-value'],
  ])('%s is refused', (when, code) => {
    expect(saidOf(when)).toEqual([expect.stringContaining(`${code}: `)]);
  });

  it('and one whose actions take nothing of what its type is about', () => {
    const when = '{ type: [ImageScan], status: [open], severity: [{ numeric: [">=", 7] }] }';
    expect(saidOf(when, 'evidence.capture, ecs.contain-service, ecs.stop-task')).toEqual([
      'no-target: "ecs.contain-service" acts on ecs-service, and what when selects is about image alone',
      expect.stringContaining('no-target: "ecs.stop-task" acts on '),
    ]);
  });

  it.each([
    '{ source: [inspector], type: [ImageScan] }',
    '{ source: [ecr], resource: { kind: [ecr-repository, other] } }',
    '{ source: [securityhub], type: [{ prefix: "Software and Configuration Checks" }], resource: { kind: [ecs-task] } }',
    '{ source: [securityhub, guardduty], type: [PACKAGE_VULNERABILITY], resource: { kind: [pod] } }',
    '{ compliance: { rule: [restricted-ssh] }, resource: { kind: [security-group, other] } }',
    '{ source: [guardduty], resource: { launchType: [EC2, MANAGED_INSTANCES, null] } }',
    '{ type: [{ anything-but: [ImageScan] }], resource: { kind: [instance] } }',
  ])('%s, which may be, is taken', (when) => expect(saidOf(when)).toEqual([]));
});

describe('a block that only some kinds of resource may have', () => {
  it.each([
    '{ resource: { kind: [pod] }, threat: { inside: { container: [{ prefix: "" }] } } }',
    '{ resource: { launchType: [EC2] }, threat: { inside: { address: ["10.0.0.7"] } } }',
  ])('%s can never match, and which kinds may is said', (when) => {
    const [first, ...more] = saidOf(when);
    expect(first).toMatch(/^contradiction: "threat\.inside\.[a-z]+" can never be so beside "resource\.[a-zA-Z]+" .*: /);
    expect(first).toContain('is there for instance, other alone');
    expect(more).toEqual([]);
  });

  it.each([
    '{ resource: { kind: [instance] }, threat: { inside: { container: [{ prefix: "" }] } } }',
    '{ resource: { kind: [instance, pod] }, threat: { inside: { container: [{ prefix: "" }] } } }',
    '{ resource: { kind: [instance] }, threat: { inside: { container: [{ exists: false }] } } }',
    '{ resource: { kind: [pod] }, threat: { inside: { container: [{ exists: false }] } } }',
    '{ threat: { inside: { address: [{ cidr: "10.0.0.0/8" }] } } }',
  ])('%s, which may be, is taken', (when) => expect(saidOf(when)).toEqual([]));
});

describe('a CIDR block in the place of an address', () => {
  it.each([
    ['threat: { inside: { address: ["10.0.0.0/8"] } }', 'threat.inside.address', '10.0.0.0/8'],
    ['threat: { from: ["2001:db8::/32"] }', 'threat.from', '2001:db8::/32'],
    ['threat: { remote: [{ anything-but: ["198.51.100.7", "10.0.0.0/8"] }] }', 'threat.remote', '10.0.0.0/8'],
    ['resource: { kind: [address], id: ["198.51.100.0/24"] }', 'resource.id', '198.51.100.0/24'],
  ])('%s is told', (when, field, block) => {
    expect(saidOf(`{ ${when} }`)).toContain(
      `unknown-value: "${field}" is one address, and "${block}" is a CIDR block, which no address equals`,
    );
  });

  it.each([
    'threat: { from: [{ cidr: "10.0.0.0/8" }] }',
    'threat: { from: ["10.0.0.7"], remote: [pool.example, { prefix: "10." }] }',
    'resource: { kind: [instance], id: [i-0ab12cd34ef567890] }',
  ])('%s is taken', (when) => expect(saidOf(`{ ${when} }`)).toEqual([]));
});
