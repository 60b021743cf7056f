import type { AnyClient } from './record.ts';

type Exports = { readonly [name: string]: unknown };

/** Each service by the name that the sandbox has for it: its client and its commands. */
const packages: { readonly [service: string]: readonly [client: string, load: () => Promise<Exports>] } = {
  'application-autoscaling': ['ApplicationAutoScalingClient', () => import('@aws-sdk/client-application-auto-scaling')],
  autoscaling: ['AutoScalingClient', () => import('@aws-sdk/client-auto-scaling')],
  cloudformation: ['CloudFormationClient', () => import('@aws-sdk/client-cloudformation')],
  cloudtrail: ['CloudTrailClient', () => import('@aws-sdk/client-cloudtrail')],
  config: ['ConfigServiceClient', () => import('@aws-sdk/client-config-service')],
  dynamodb: ['DynamoDBClient', () => import('@aws-sdk/client-dynamodb')],
  ec2: ['EC2Client', () => import('@aws-sdk/client-ec2')],
  ecr: ['ECRClient', () => import('@aws-sdk/client-ecr')],
  ecs: ['ECSClient', () => import('@aws-sdk/client-ecs')],
  eks: ['EKSClient', () => import('@aws-sdk/client-eks')],
  elasticloadbalancing: ['ElasticLoadBalancingV2Client', () => import('@aws-sdk/client-elastic-load-balancing-v2')],
  events: ['EventBridgeClient', () => import('@aws-sdk/client-eventbridge')],
  guardduty: ['GuardDutyClient', () => import('@aws-sdk/client-guardduty')],
  iam: ['IAMClient', () => import('@aws-sdk/client-iam')],
  inspector2: ['Inspector2Client', () => import('@aws-sdk/client-inspector2')],
  lambda: ['LambdaClient', () => import('@aws-sdk/client-lambda')],
  logs: ['CloudWatchLogsClient', () => import('@aws-sdk/client-cloudwatch-logs')],
  monitoring: ['CloudWatchClient', () => import('@aws-sdk/client-cloudwatch')],
  s3: ['S3Client', () => import('@aws-sdk/client-s3')],
  wafv2: ['WAFV2Client', () => import('@aws-sdk/client-wafv2')],
  scheduler: ['SchedulerClient', () => import('@aws-sdk/client-scheduler')],
  secretsmanager: ['SecretsManagerClient', () => import('@aws-sdk/client-secrets-manager')],
  signer: ['SignerClient', () => import('@aws-sdk/client-signer')],
  sns: ['SNSClient', () => import('@aws-sdk/client-sns')],
  sqs: ['SQSClient', () => import('@aws-sdk/client-sqs')],
  ssm: ['SSMClient', () => import('@aws-sdk/client-ssm')],
  states: ['SFNClient', () => import('@aws-sdk/client-sfn')],
  sts: ['STSClient', () => import('@aws-sdk/client-sts')],
};

/** A service as the test calls it: by the operation's name. */
export interface Caller {
  readonly client: AnyClient;
  call(operation: string, input: object): Promise<object>;
}

/** Throws for a service that has no client here: give it a line above. */
export async function callerOf(service: string, config: object): Promise<Caller> {
  const [name, load] = packages[service] ?? [];
  if (name === undefined || load === undefined) throw new Error(`There is no client for ${service} in clients.ts`);
  const sdk = await load();
  const client = new (sdk[name] as new (config: object) => AnyClient)(config);
  return {
    client,
    call: (operation, input) => client.send(new (sdk[`${operation}Command`] as new (input: object) => object)(input)),
  };
}
