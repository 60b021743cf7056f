import { describe, expect, test } from 'vitest';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { findingsOf, oneFinding } from './sampleEvent.ts';
import { onResource, type Tree, threatEvent } from './threatEvent.ts';

const here = '123456789012/us-east-1';

/** Every `resourceType` that GuardDuty documents, by a sample of it, with the incident that it opens. */
const each: readonly (readonly [sample: string, type: string, incident: string])[] = [
  ['ecs-miner', 'ECSCluster', `ecs-service/${here}/prod/checkout-api`],
  ['container-on-host', 'Container', `instance/${here}/i-0ab12cd34ef567890`],
  ['instance-bitcoin-dns', 'Instance', `instance/${here}/i-0ab12cd34ef567890`],
  ['eks-reverse-shell', 'EKSCluster', `pod/${here}/prod-eks/payments/checkout-5c9f`],
  ['eks-cluster', 'EKSCluster', `pod/${here}/prod-eks`],
  ['lambda-c2', 'Lambda', `function/${here}/arn:aws:lambda:us-east-1:123456789012:function:img-resize`],
  ['task-role-exfiltrated', 'AccessKey', `role/${here}/checkout-task-role`],
  ['iam-user', 'AccessKey', `other/${here}/AccessKey/ann`],
  ['iam-root', 'AccessKey', `other/${here}/AccessKey/Root`],
  ['s3-bucket', 'S3Bucket', `other/${here}/S3Bucket/shop-invoices`],
  ['rds-instance', 'RDSDBInstance', `other/${here}/RDSDBInstance/orders-1`],
  ['rds-limitless', 'RDSLimitlessDB', `other/${here}/RDSLimitlessDB/ledger-shards`],
  [
    'ebs-snapshot',
    'EBSSnapshot',
    `other/${here}/EBSSnapshot/arn:aws:ec2:us-east-1:123456789012:snapshot/snap-0a1b2c3d4e5f60718`,
  ],
  ['ec2-image', 'EC2Image', `other/${here}/EC2Image/arn:aws:ec2:us-east-1:123456789012:image/ami-0a1b2c3d4e5f60718`],
  [
    'recovery-point',
    'RecoveryPoint',
    `other/${here}/RecoveryPoint/arn:aws:backup:us-east-1:123456789012:recovery-point:0a1b2c3d`,
  ],
  [
    'bedrock-guardrail',
    'BedrockGuardrail',
    `other/${here}/BedrockGuardrail/arn:aws:bedrock:us-east-1:123456789012:guardrail/a1b2c3d4e5f6`,
  ],
  ['ecs-attack-sequence', 'AttackSequence', `ecs-cluster/${here}/prod`],
  ['eks-attack-sequence', 'AttackSequence', `pod/${here}/prod-eks/payments/checkout`],
  ['iam-attack-sequence', 'AttackSequence', `role/${here}/checkout-task-role`],
];

describe('a finding on each type of resource', () => {
  test.each(each)('%s: %s is incident %s', (sample, type, incident) => {
    const event = threatEvent(sample);
    expect((event.detail['resource'] as Tree)['resourceType']).toBe(type);
    expect(findingsOf(event).map(incidentKey)).toEqual([incident]);
  });

  test.each(['ec2-attack-sequence', 's3-attack-sequence', 'unknown-type'])(
    '%s, of which nobody can say what to act on, is told under its own id',
    (sample) => {
      const event = threatEvent(sample);
      expect(oneFinding(event).resource).toMatchObject({ kind: 'other', id: expect.stringContaining(`/`) });
      expect(oneFinding(event).resource.id).toContain(String(event.detail['id']));
    },
  );
});

describe('what stands beside the resource', () => {
  test('is not what is accused: neither the user who read a bucket nor the host of a container', () => {
    expect(oneFinding(threatEvent('s3-bucket')).resource).toMatchObject({ arn: 'arn:aws:s3:::shop-invoices' });
    expect(oneFinding(threatEvent('container-on-host')).resource.kind).toBe('instance');
  });

  test('names a guardrail by the list, by the deprecated field, or a model by its id', () => {
    const named = (bedrockGuardrailDetails: unknown, modelDetails: unknown = null) =>
      oneFinding(
        onResource({ ecsClusterDetails: undefined, resourceType: 'Bedrock', bedrockGuardrailDetails, modelDetails }),
      ).resource.id;
    const [one, other] = ['a', 'b'].map((id) => `arn:aws:bedrock:us-east-1:123456789012:guardrail/${id}`);
    expect(named({ guardrails: [{ arn: one }], guardrailArn: other })).toBe(`Bedrock/${one}`);
    expect(named({ guardrails: [], guardrailArn: other })).toBe(`Bedrock/${other}`);
    expect(named(null, { modelId: 'example.model-v1' })).toBe('Bedrock/example.model-v1');
    expect(named(null, [{ modelId: 'example.model-v1' }])).toBe('Bedrock/example.model-v1');
  });
});

test('malware in what nothing runs is named, wherever GuardDuty says it', () => {
  for (const sample of ['ebs-snapshot', 'ec2-image', 'recovery-point']) {
    expect(oneFinding(threatEvent(sample)).threat?.names).toEqual(['Trojan.Linux.Agent']);
  }
});
