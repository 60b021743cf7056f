import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  type FunctionConfiguration,
  GetPolicyCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { TARGET, type Thing } from './wanted.ts';

export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const last = (arn = ''): string => arn.split(/[:/]/).at(-1) ?? '';

export async function functionsAt(connection: Connection): Promise<readonly FunctionConfiguration[]> {
  const { Functions = [] } = await new LambdaClient(connection).send(new ListFunctionsCommand({}));
  return Functions;
}

/** Who may call a function, by its policy; none is refused with ResourceNotFoundException. */
async function callersOf(connection: Connection, name: string): Promise<readonly string[]> {
  try {
    const { Policy = '{}' } = await new LambdaClient(connection).send(new GetPolicyCommand({ FunctionName: name }));
    const { Statement: statements = [] } = JSON.parse(Policy);
    return statements.map(({ Condition: condition }: { Condition: { ArnLike: { [key: string]: string } } }) =>
      last(Object.values(condition.ArnLike)[0]),
    );
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return [];
    throw error;
  }
}

/** Kind -> the text of each that is there. A type without an entry is one that moto does not make from a template. */
const listers: { readonly [kind: string]: (connection: Connection) => Promise<readonly string[]> } = {
  'AWS::Lambda::Function': async (connection) =>
    (await functionsAt(connection)).map(
      ({ FunctionName, Handler, Runtime, MemorySize, Timeout }) =>
        `${FunctionName} ${Handler} ${Runtime} ${MemorySize} MB ${Timeout} s`,
    ),
  'AWS::Lambda::Permission': async (connection) => {
    const names = (await functionsAt(connection)).map(({ FunctionName = '' }) => FunctionName);
    const callers = names.map(async (name) => (await callersOf(connection, name)).map((rule) => `${name} by ${rule}`));
    return (await Promise.all(callers)).flat();
  },
  'AWS::Lambda::EventSourceMapping': async (connection) => {
    const answer = await new LambdaClient(connection).send(new ListEventSourceMappingsCommand({}));
    return (answer.EventSourceMappings ?? []).map((one) => `${last(one.EventSourceArn)} to ${last(one.FunctionArn)}`);
  },
  'AWS::Logs::LogGroup': async (connection) => {
    const { logGroups = [] } = await new CloudWatchLogsClient(connection).send(new DescribeLogGroupsCommand({}));
    return logGroups.map(({ logGroupName, retentionInDays }) => `${logGroupName} ${retentionInDays} days`);
  },
  'AWS::SQS::Queue': async (connection) => {
    const { QueueUrls = [] } = await new SQSClient(connection).send(new ListQueuesCommand({}));
    return QueueUrls.map(last);
  },
  'AWS::SNS::Topic': async (connection) => {
    const { Topics = [] } = await new SNSClient(connection).send(new ListTopicsCommand({}));
    return Topics.map(({ TopicArn }) => last(TopicArn));
  },
  'AWS::DynamoDB::Table': async (connection) => {
    const { TableNames = [] } = await new DynamoDBClient(connection).send(new ListTablesCommand({}));
    return TableNames;
  },
  'AWS::S3::Bucket': async (connection) => {
    const { Buckets = [] } = await new S3Client({ ...connection, forcePathStyle: true }).send(
      new ListBucketsCommand({}),
    );
    return Buckets.map(({ Name = '' }) => Name);
  },
  'AWS::Events::Rule': async (connection) => {
    const { Rules = [] } = await new EventBridgeClient(connection).send(new ListRulesCommand({}));
    return Rules.map(({ Name = '' }) => Name);
  },
  [TARGET]: async (connection) => {
    const client = new EventBridgeClient(connection);
    const { Rules = [] } = await client.send(new ListRulesCommand({}));
    const targets = Rules.map(async ({ Name }) => {
      const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: Name }));
      return Targets.map(({ Arn }) => `${Name} to ${last(Arn)}`);
    });
    return (await Promise.all(targets)).flat();
  },
  'AWS::IAM::Role': async (connection) => {
    const { Roles = [] } = await new IAMClient(connection).send(new ListRolesCommand({}));
    return Roles.map(({ RoleName = '' }) => RoleName);
  },
  'AWS::StepFunctions::StateMachine': async (connection) => {
    const { stateMachines = [] } = await new SFNClient(connection).send(new ListStateMachinesCommand({}));
    return stateMachines.map(({ name = '' }) => name);
  },
  'AWS::SSM::Parameter': async (connection) => {
    const { Parameters = [] } = await new SSMClient(connection).send(new DescribeParametersCommand({ MaxResults: 50 }));
    return Parameters.map(({ Name = '' }) => Name);
  },
};

export const lookedAt: readonly string[] = Object.keys(listers);

/** Everything in the account of a kind that is looked at, whoever made it. One page of each: an empty account has no more. */
export async function madeAt(connection: Connection): Promise<readonly Thing[]> {
  const lists = Object.entries(listers).map(async ([kind, list]) =>
    (await list(connection)).map((text): Thing => ({ kind, text })),
  );
  return (await Promise.all(lists)).flat();
}
