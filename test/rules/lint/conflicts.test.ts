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
