import { describe, expect, test } from 'vitest';
import { configChange } from '../../shared/finding/configChange.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { configEvent } from './configEvent.ts';
import { invalidPath, oneFinding, parsed, reasonOf, sampleEvent } from './sampleEvent.ts';
import type { Tree } from './threatEvent.ts';

const found = (name: string, changes: Tree = {}) => oneFinding(configEvent(`ssm-${name}`, changes));

describe('Configuration Compliance State Change', () => {
  test('becomes a finding with the severity and the baseline that it names', () => {
    expect(found('patch')).toEqual({
      id: 'ssm/123456789012/us-east-1/Patch#managed-instance/i-0ab12cd34ef567890',
      source: 'ssm',
      type: 'PatchCompliance',
      status: 'open',
      severity: 9,
      label: 'critical',
      account: '123456789012',
      region: 'us-east-1',
      observedAt: '2026-11-20T09:31:12.000Z',
      title: 'Patch of i-0ab12cd34ef567890: non_compliant, by baseline pb-0c10e65780EXAMPLE',
      sample: false,
      resource: {
        kind: 'instance',
        id: 'i-0ab12cd34ef567890',
        arn: 'arn:aws:ec2:us-east-1:123456789012:instance/i-0ab12cd34ef567890',
      },
      compliance: {
        type: 'Patch',
        rule: null,
        ruleName: null,
        resourceType: 'managed-instance',
        baseline: 'pb-0c10e65780EXAMPLE',
      },
    });
  });

  test('from a source that AWS does not have is not believed', () => {
    expect(reasonOf(sampleEvent('ssm-typo-source'))).toBe(
      'no source reads "Configuration Compliance State Change" events of aws.123456789012',
    );
    for (const source of ['aws.config', 'aws.ssm.x', 'AWS.SSM', 'my.ssm']) {
      expect(reasonOf({ ...sampleEvent('ssm-patch'), source })).toContain('no source reads');
    }
    expect(reasonOf({ ...sampleEvent('ssm-patch'), 'detail-type': 'Parameter Store Change' })).toContain('no source');
  });

  test('patched is the same finding, resolved, and news', () => {
    expect(found('patch-compliant')).toMatchObject({ id: found('patch').id, status: 'resolved' });
    const hash = (name: string) => contentHash(found(name), configChange.volatile);
    expect(hash('patch-compliant')).not.toBe(hash('patch'));
    const later = { ...sampleEvent('ssm-patch'), id: 'another', time: '2026-11-21T09:31:12Z', resources: [] };
    expect(contentHash(oneFinding(later), configChange.volatile)).toBe(hash('patch'));
    expect(oneFinding(later).observedAt).toBe('2026-11-21T09:31:12.000Z');
  });

  test.each([
    ['critical', 'critical', 9],
    ['CRITICAL', 'critical', 9],
    ['high', 'high', 7],
    ['medium', 'medium', 4],
    ['low', 'low', 0.1],
    ['informational', 'informational', 0],
    ['unspecified', 'unknown', null],
    ['dire', 'unknown', null],
    ['', 'unknown', null],
    [undefined, 'unknown', null],
    [null, 'unknown', null],
  ])('severity %s is %s, %s', (word, label, severity) => {
    expect(found('patch', { severity: word })).toMatchObject({ label, severity });
  });

  test.each([
    ['compliant', 'resolved'],
    ['non_compliant', 'open'],
    ['NON_COMPLIANT', 'open'],
  ])('%s is %s', (word, status) => {
    expect(found('patch', { 'compliance-status': word }).status).toBe(status);
  });

  test('of each type is a finding of its own, all of one node in one incident', () => {
    const custom = found('custom');
    expect(custom).toMatchObject({
      type: 'CustomCompliance',
      compliance: { type: 'Custom:AntiVirus', baseline: null },
    });
    expect(found('association-managed-instance').type).toBe('AssociationCompliance');
    expect(custom.id).not.toBe(found('patch').id);
    expect(incidentKey(custom)).toBe(incidentKey(found('patch')));
    expect(incidentKey(oneFinding(configEvent('config-patch-instance')))).toBe(incidentKey(found('patch')));
  });

  test("on a machine of one's own is that one, as of the event and not of its last run", () => {
    expect(found('association-managed-instance')).toMatchObject({
      observedAt: '2026-11-20T09:31:12.000Z',
      resource: {
        kind: 'managed-instance',
        id: 'mi-0ab12cd34ef567890',
        arn: 'arn:aws:ssm:us-east-1:123456789012:managed-instance/mi-0ab12cd34ef567890',
      },
    });
  });

  test('lies where the event came from, in its partition', () => {
    const event = { ...sampleEvent('ssm-association-managed-instance'), account: '210987654321', region: 'cn-north-1' };
    expect(oneFinding(event)).toMatchObject({
      account: '210987654321',
      resource: { arn: 'arn:aws-cn:ssm:cn-north-1:210987654321:managed-instance/mi-0ab12cd34ef567890' },
    });
  });

  test('about anything else is told, and nothing can act on it', () => {
    const other = { kind: 'other', arn: '' };
    expect(found('other-resource').resource).toEqual({ ...other, id: 'workspace/workspace-3f2a', type: 'workspace' });
    // Of another type, the id of a node is none.
    expect(found('patch', { 'resource-type': 'workspace' }).resource.kind).toBe('other');
    expect(found('patch', { 'resource-id': 'i-*' }).resource).toEqual({
      ...other,
      id: 'managed-instance/i-*',
      type: 'managed-instance',
    });
    expect(found('patch', { 'resource-type': undefined }).resource.kind).toBe('instance');
  });

  test('says when it happened in whatever form the envelope has it', () => {
    const event = { ...sampleEvent('ssm-patch'), time: 'Nov 20, 2026 9:31:12 AM' };
    expect(oneFinding(event).observedAt).toBe('2026-11-20T09:31:12.000Z');
  });

  test.each<[Tree, string]>([
    [{ 'compliance-type': null }, 'compliance-type'],
    [{ 'compliance-type': '' }, 'compliance-type'],
    [{ 'resource-id': undefined }, 'resource-id'],
    [{ 'resource-id': ['i-0ab12cd3'] }, 'resource-id'],
    [{ 'resource-type': 7 }, 'resource-type'],
    [{ 'compliance-status': null }, 'compliance-status'],
    [{ 'compliance-status': 'partly' }, 'compliance-status'],
  ])('with %j is invalid at the path', (changes, field) => {
    expect(invalidPath(() => parsed(configEvent('ssm-patch', changes)))).toBe(`detail.${field}`);
  });
});
