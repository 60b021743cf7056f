import { describe, expect, test } from 'vitest';
import { configChange } from '../../shared/finding/configChange.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { configEvent } from './configEvent.ts';
import { invalidPath, oneFinding, parsed, reasonOf } from './sampleEvent.ts';
import type { Tree } from './threatEvent.ts';

const found = (name: string, changes: Tree = {}): Finding => oneFinding(configEvent(`config-${name}`, changes));
const hash = (finding: Finding) => contentHash(finding, configChange.volatile);
const pathOf = (changes: Tree): string => invalidPath(() => parsed(configEvent('config-task-definition', changes)));

describe('Config Rules Compliance Change', () => {
  test('becomes a finding that a rule can ask for by the managed rule', () => {
    expect(found('task-definition')).toEqual({
      id: 'config/123456789012/us-east-1/ecs-containers-nonprivileged-conformance-pack-k7m2x9qwe#AWS::ECS::TaskDefinition/arn:aws:ecs:us-east-1:123456789012:task-definition/checkout-api:87',
      source: 'config',
      type: 'ConfigCompliance',
      status: 'open',
      severity: null,
      label: 'unknown',
      account: '123456789012',
      region: 'us-east-1',
      observedAt: '2026-11-20T09:30:01.512Z',
      title: 'ecs-containers-nonprivileged: NON_COMPLIANT: Container checkout-api runs privileged',
      sample: false,
      resource: {
        kind: 'ecs-task-definition',
        id: 'checkout-api:87',
        arn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/checkout-api:87',
      },
      compliance: {
        type: 'config',
        rule: 'ecs-containers-nonprivileged',
        ruleName: 'ecs-containers-nonprivileged-conformance-pack-k7m2x9qwe',
        resourceType: 'AWS::ECS::TaskDefinition',
        baseline: null,
      },
    });
  });

  test('is read from AWS Config alone', () => {
    const event = configEvent('config-task-definition');
    for (const source of ['aws.123456789012', 'my.config', 'aws.ssm']) {
      expect(reasonOf({ ...event, source })).toContain('no source reads');
    }
    expect(reasonOf({ ...event, 'detail-type': 'Config Configuration Item Change' })).toContain('no source reads');
  });

  test('of another message than a compliance change is ignored, and says why', () => {
    const event = configEvent('config-task-definition', { messageType: 'ConfigRulesEvaluationStarted' });
    expect(reasonOf(event)).toBe('a ConfigRulesEvaluationStarted of AWS Config says nothing about compliance');
    expect(found('task-definition', { messageType: undefined }).status).toBe('open');
  });

  test.each([
    ['NON_COMPLIANT', 'open'],
    ['COMPLIANT', 'resolved'],
    ['NOT_APPLICABLE', 'inconclusive'],
    ['INSUFFICIENT_DATA', 'inconclusive'],
  ])('%s is %s', (complianceType, status) => {
    expect(found('task-definition', { newEvaluationResult: { complianceType } }).status).toBe(status);
  });

  test('compliant, and then not again, is the same finding of the same incident, and news each time', () => {
    const [bad, good, again] = ['task-definition', 'task-definition-compliant', 'task-definition-again'].map((name) =>
      found(name),
    ) as [Finding, Finding, Finding];
    expect(new Set([bad.id, good.id, again.id]).size).toBe(1);
    expect(new Set([bad, good, again].map(incidentKey)).size).toBe(1);
    expect(hash(good)).not.toBe(hash(bad));
    expect(hash(again)).toBe(hash(bad));
    expect([bad, good, again].map(({ observedAt }) => observedAt).toSorted()).toEqual([
      bad.observedAt,
      good.observedAt,
      again.observedAt,
    ]);
  });

  test('delivered again differs in its envelope alone, and says nothing new', () => {
    const event = { ...configEvent('config-task-definition'), id: 'another', time: '2026-11-20T10:00:00Z' };
    expect(oneFinding(event)).toEqual(found('task-definition'));
  });

  test('what was before says nothing: absent, null or there', () => {
    const one = found('task-definition');
    for (const oldEvaluationResult of [undefined, null, 'text', { complianceType: 7 }]) {
      expect(found('task-definition', { oldEvaluationResult })).toEqual(one);
    }
    expect(found('repository-first').status).toBe('open');
  });

  test('of two rules on one resource are two findings of one incident, of two resources two incidents', () => {
    const other = found('task-definition', { configRuleName: 'ecs-containers-readonly-access' });
    expect(other.id).not.toBe(found('task-definition').id);
    expect(incidentKey(other)).toBe(incidentKey(found('task-definition')));
    const elsewhere = found('task-definition', { resourceId: 'checkout-api:88' });
    expect(elsewhere.id).not.toBe(found('task-definition').id);
    expect(incidentKey(elsewhere)).not.toBe(incidentKey(found('task-definition')));
  });

  test('is where the detail says, whoever it was delivered to', () => {
    const finding = found('aggregator');
    expect(finding).toMatchObject({ account: '210987654321', region: 'eu-west-1' });
    expect(finding.resource.arn).toBe('arn:aws:ecr:eu-west-1:210987654321:repository/payments/checkout-api');
  });

  test('without an account or Region of its own it is where the envelope says', () => {
    const event = configEvent('config-repository-first', { awsAccountId: null, awsRegion: undefined });
    expect(oneFinding({ ...event, account: '210987654321', region: 'eu-west-1' })).toMatchObject({
      account: '210987654321',
      region: 'eu-west-1',
    });
  });

  test('in another partition has ARNs of that partition', () => {
    expect(found('china').resource.arn).toBe('arn:aws-cn:ecs:cn-north-1:123456789012:task-definition/checkout-api:12');
  });

  test('takes what the detail lacks from the result', () => {
    expect(found('function')).toMatchObject({
      resource: { kind: 'function', id: 'arn:aws:lambda:us-east-1:123456789012:function:img-resize' },
      compliance: { resourceType: 'AWS::Lambda::Function' },
    });
    const bare = found('task-definition', { configRuleName: null, resourceId: undefined, resourceType: null });
    expect(bare).toEqual(found('task-definition'));
  });

  test('without a type is told, and nothing can act on it', () => {
    const nowhere = { newEvaluationResult: { evaluationResultIdentifier: null }, resourceType: null };
    expect(found('repository-first', nowhere)).toMatchObject({
      resource: { kind: 'other', id: 'unknown/payments/checkout-api', arn: '', type: 'unknown' },
      compliance: { resourceType: null },
    });
  });

  test('is as old as its result, else its notification, else its event, whatever they look like', () => {
    const at = (resultRecordedTime: unknown, notificationCreationTime: unknown) =>
      found('task-definition', { newEvaluationResult: { resultRecordedTime }, notificationCreationTime }).observedAt;
    expect(at('2026-11-20T09:30:01.5Z', null)).toBe('2026-11-20T09:30:01.500Z');
    expect(at(null, 1_795_167_002_310)).toBe('2026-11-20T09:30:02.310Z');
    expect(at('soon', 'Fri Nov 20 09:30:03.000 UTC 2026')).toBe('2026-11-20T09:30:03.000Z');
    expect(at(undefined, {})).toBe('2026-11-20T09:30:02.000Z');
    expect(found('odd-dates').observedAt).toBe('2026-11-20T09:30:01.000Z');
  });

  test('is named by its rule and the annotation, bounded', () => {
    const title = (annotation: unknown) => found('task-definition', { newEvaluationResult: { annotation } }).title;
    expect(title(undefined)).toBe('ecs-containers-nonprivileged: NON_COMPLIANT');
    expect(title('\n ')).toBe('ecs-containers-nonprivileged: NON_COMPLIANT');
    expect(found('volume-own-rule').title).toBe('acme-volumes-have-an-owner: NON_COMPLIANT: The tag owner is missing.');
    expect(title('x'.repeat(5000))).toHaveLength(300);
  });

  test('keeps what a rule wrote as text, well formed', () => {
    const { title, compliance } = found('hostile-annotation');
    expect(title).toContain('<!channel> *GET UP* `rm -rf /`\r\n');
    expect(compliance?.rule).toBe('acme-$(id)-rule');
    const half = found('volume-own-rule', { configRuleName: 'a\ud800', resourceId: 'b\udc00' });
    expect(JSON.stringify(half)).not.toMatch(/\\ud[89a-f]/i);
  });

  test.each<[string, Tree, string]>([
    ['no result', { newEvaluationResult: null }, 'newEvaluationResult'],
    ['a result that is text', { newEvaluationResult: 'NON_COMPLIANT' }, 'newEvaluationResult'],
    ['no word', { newEvaluationResult: { complianceType: null } }, 'newEvaluationResult.complianceType'],
    ['a new word', { newEvaluationResult: { complianceType: 'MAYBE' } }, 'newEvaluationResult.complianceType'],
    ['an empty id', { resourceId: '' }, 'resourceId'],
    ['a number for an id', { resourceId: 7 }, 'resourceId'],
    ['a rule without a name', { configRuleName: '' }, 'configRuleName'],
    ['a type that is no text', { resourceType: {} }, 'resourceType'],
    ['an account that cannot be one', { awsAccountId: '12345678901*' }, 'awsAccountId'],
    ['a Region that cannot be one', { awsRegion: 'moon' }, 'awsRegion'],
    ['an endless id', { resourceId: 'x'.repeat(1025) }, 'resourceId'],
  ])('with %s is invalid at the path', (_, changes, field) => {
    expect(pathOf(changes)).toBe(`detail.${field}`);
  });

  test('without a detail is invalid', () => {
    expect(invalidPath(() => parsed({ ...configEvent('config-task-definition'), detail: null }))).toBe('detail');
  });
});

describe('the name of the managed rule', () => {
  const service = 'arn:aws:config:us-east-1:123456789012:config-rule/aws-service-rule/any.amazonaws.com/config-rule-a1';
  const own = 'arn:aws:config:us-east-1:123456789012:config-rule/config-rule-a1';
  const named = (configRuleName: string, configRuleARN: unknown) =>
    found('task-definition', { configRuleName, configRuleARN }).compliance;

  test.each([
    ['ecs-no-environment-secrets-conformance-pack-qayjyopmd', 'ecs-no-environment-secrets'],
    ['securityhub-ecr-private-tag-immutability-enabled-b3k9d2', 'ecr-private-tag-immutability-enabled'],
    ['securityhub-restricted-ssh-0a1b2c3d', 'restricted-ssh'],
    ['ecs-containers-nonprivileged', 'ecs-containers-nonprivileged'],
    ['a-conformance-pack-b-conformance-pack-c1', 'a-conformance-pack-b'],
    ['conformance-pack-c1', 'conformance-pack-c1'],
    ['securityhub-abcdef', 'securityhub-abcdef'],
  ])("%s is %s, with the event's own beside it", (ruleName, rule) => {
    expect(named(ruleName, service)).toMatchObject({ rule, ruleName });
    // An event without the rule's ARN.
    expect(named(ruleName, null)).toMatchObject({ rule, ruleName });
  });

  test('is all of it where no service made the rule', () => {
    const ruleName = 'ecs-no-environment-secrets-conformance-pack-qayjyopmd';
    expect(named(ruleName, own)).toMatchObject({ rule: ruleName, ruleName });
  });
});
