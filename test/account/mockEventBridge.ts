import {
  type EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListTargetsByRuleCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-eventbridge';
import type { AwsStub } from 'aws-sdk-client-mock';
import { awsError } from './awsError.ts';
import { account, page, refused, region, type TestRule, type World } from './mockAccount.ts';

type EventBridgeStub = AwsStub<ServiceInputTypes, ServiceOutputTypes, EventBridgeClient['config']>;

const busOf = ({ bus = 'default' }: TestRule): string => bus;
const ecsArn = (resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;

/** EventBridge of the test's world: rules are found on the bus that is named, else on the default one. */
export function mockEventBridge(stub: EventBridgeStub, world: World): void {
  const rules = (): readonly TestRule[] => world.rules ?? [];
  const targetsOf = ({ cluster, definitions, other = false }: TestRule) => [
    ...(other ? [{ Id: 'queue', Arn: `arn:aws:sqs:${region}:${account}:jobs` }] : []),
    ...definitions.map((definition, at) => ({
      Id: `task${at}`,
      Arn: ecsArn(`cluster/${cluster}`),
      EcsParameters: { TaskDefinitionArn: ecsArn(`task-definition/${definition}`) },
    })),
  ];

  stub.on(ListEventBusesCommand).callsFake((input) => {
    refused(world, 'ListEventBuses', input);
    const { part, next } = page(world, [...new Set(['default', ...rules().map(busOf)])], input.NextToken);
    return { EventBuses: part.map((Name) => ({ Name })), NextToken: next };
  });

  stub.on(ListRuleNamesByTargetCommand).callsFake((input) => {
    refused(world, 'ListRuleNamesByTarget', input);
    const found = rules().filter(
      (rule) =>
        busOf(rule) === (input.EventBusName ?? 'default') && targetsOf(rule).some(({ Arn }) => Arn === input.TargetArn),
    );
    const { part, next } = page(world, found, input.NextToken);
    return { RuleNames: part.map(({ name }) => name), NextToken: next };
  });

  stub.on(ListTargetsByRuleCommand).callsFake((input) => {
    refused(world, 'ListTargetsByRule', input);
    const rule = rules().find((one) => one.name === input.Rule && busOf(one) === (input.EventBusName ?? 'default'));
    if (rule === undefined || rule.gone === true) throw awsError('ResourceNotFoundException');
    const { part, next } = page(world, targetsOf(rule), input.NextToken);
    return { Targets: part, NextToken: next };
  });
}
