import type { Service } from '../../../../sandbox/account.ts';
import { services } from '../../../../sandbox/services.ts';
import { reads } from '../../../system/addresses/calls.ts';
import { inputs } from '../../operationInputs.ts';
import { arn } from './filledAccount.ts';

const found = reads({
  stateMachineArn: arn('states', 'stateMachine:machine'),
  executionArn: arn('states', 'execution:machine:one'),
  table: 'incidents',
  bucket: 'evidence',
  objectKey: 'a',
  topicArn: arn('sns', 'page'),
  queueUrl: 'http://127.0.0.1/123456789012/intake',
  roleName: 'responder',
  policyName: 'own',
  boundaryArn: 'arn:aws:iam::123456789012:policy/firebreak-boundary',
  taskArn: arn('ecs', 'task/prod/migration'),
  hostArn: arn('ecs', 'container-instance/prod/abc'),
  serviceArn: arn('ecs', 'service/prod/web'),
  revisionArn: arn('ecs', 'service-revision/prod/web/1'),
  deploymentArn: arn('ecs', 'service-deployment/prod/web/1'),
  ruleName: 'scans',
  ruleTarget: arn('sqs', 'intake'),
  targetGroupArn: arn('elasticloadbalancing', 'targetgroup/cart/0123456789abcdef'),
  repositoryArn: arn('ecr', 'repository/shop/web'),
  layerDigest: `sha256:${'e'.repeat(64)}`,
  logStreamName: 'app/1',
  detector: '12abc34d567e8fa901bc2d34e56789f0',
  mapping: '11111111-1111-4111-8111-111111111113',
  itemKey: { pk: { S: 'a' }, sk: { S: 'b' } },
  scriptCommand: '11111111-1111-4111-8111-111111111111',
  patchCommand: '11111111-1111-4111-8111-111111111112',
});

/** An operation, and inputs that it takes in `filledAccount`. */
export interface Known {
  readonly name: string;
  readonly operation: string;
  readonly service: Service;
  readonly inputs: readonly object[];
}

/** Every operation whose input is a body of its own: those of the REST services are told by method and path. */
export const knownOperations: readonly Known[] = services
  .filter(({ route }) => route === undefined)
  .flatMap((service) =>
    Object.keys(service.operations).map((operation) => ({
      name: service.name,
      operation,
      service,
      inputs: [inputs[service.name]?.[operation] ?? [], found[service.name]?.[operation] ?? []].flat(),
    })),
  );
