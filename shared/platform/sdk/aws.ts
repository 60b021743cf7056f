import { once } from '../once.ts';
import { type AwsConfig, clientConfig, isEndpointGiven } from './config.ts';
import type { Kubernetes } from './kubernetes.ts';

/**
 * The SDK as the product uses it: one module per service, loaded when it is first asked for (the bundle keeps each in a
 * file of its own), with a client on the credentials at hand.
 */
type ApplicationAutoScalingModule = typeof import('./applicationAutoScaling.ts');
type AutoScalingModule = typeof import('./autoScaling.ts');
type CloudTrailModule = typeof import('./cloudtrail.ts');
type CloudWatchModule = typeof import('./cloudwatch.ts');
type Ec2Module = typeof import('./ec2.ts');
type EcrModule = typeof import('./ecr.ts');
type EcsModule = typeof import('./ecs.ts');
type EksModule = typeof import('./eks.ts');
type ElasticLoadBalancingModule = typeof import('./elasticLoadBalancing.ts');
type EventBridgeModule = typeof import('./eventbridge.ts');
type IamModule = typeof import('./iam.ts');
type LambdaModule = typeof import('./lambda.ts');
type LogsModule = typeof import('./logs.ts');
type SchedulerModule = typeof import('./scheduler.ts');
type SecretsManagerModule = typeof import('./secretsManager.ts');
type SignerModule = typeof import('./signer.ts');
type SsmModule = typeof import('./ssm.ts');
type WafModule = typeof import('./wafv2.ts');

export interface Aws {
  applicationAutoScaling(): Promise<
    {
      readonly client: InstanceType<ApplicationAutoScalingModule['ApplicationAutoScalingClient']>;
    } & ApplicationAutoScalingModule
  >;
  autoScaling(): Promise<{ readonly client: InstanceType<AutoScalingModule['AutoScalingClient']> } & AutoScalingModule>;
  cloudtrail(): Promise<{ readonly client: InstanceType<CloudTrailModule['CloudTrailClient']> } & CloudTrailModule>;
  cloudwatch(): Promise<{ readonly client: InstanceType<CloudWatchModule['CloudWatchClient']> } & CloudWatchModule>;
  ec2(): Promise<
    {
      readonly client: InstanceType<Ec2Module['EC2Client']>;
      /** See `ecs`. */
      readonly unrepeated: InstanceType<Ec2Module['EC2Client']>;
    } & Ec2Module
  >;
  ecr(): Promise<{ readonly client: InstanceType<EcrModule['ECRClient']> } & EcrModule>;
  ecs(): Promise<
    {
      readonly client: InstanceType<EcsModule['ECSClient']>;
      /** Sends once: for a call of which each repeat has an effect of its own, and that is asked about before it is repeated. */
      readonly unrepeated: InstanceType<EcsModule['ECSClient']>;
    } & EcsModule
  >;
  eks(): Promise<{ readonly client: InstanceType<EksModule['EKSClient']> } & EksModule>;
  elasticLoadBalancing(): Promise<
    {
      readonly client: InstanceType<ElasticLoadBalancingModule['ElasticLoadBalancingV2Client']>;
    } & ElasticLoadBalancingModule
  >;
  eventbridge(): Promise<{ readonly client: InstanceType<EventBridgeModule['EventBridgeClient']> } & EventBridgeModule>;
  iam(): Promise<{ readonly client: InstanceType<IamModule['IAMClient']> } & IamModule>;
  /** The API of an EKS cluster, by the cluster's name; see `openCluster`. */
  kubernetes(cluster: string): Promise<Kubernetes>;
  lambda(): Promise<{ readonly client: InstanceType<LambdaModule['LambdaClient']> } & LambdaModule>;
  logs(): Promise<{ readonly client: InstanceType<LogsModule['CloudWatchLogsClient']> } & LogsModule>;
  scheduler(): Promise<{ readonly client: InstanceType<SchedulerModule['SchedulerClient']> } & SchedulerModule>;
  secretsManager(): Promise<
    { readonly client: InstanceType<SecretsManagerModule['SecretsManagerClient']> } & SecretsManagerModule
  >;
  /** AWS Signer, to ask whether a signature was revoked. */
  signer(): Promise<{ readonly client: InstanceType<SignerModule['SignerClient']> } & SignerModule>;
  ssm(): Promise<
    {
      readonly client: InstanceType<SsmModule['SSMClient']>;
      /** See `ecs`. */
      readonly unrepeated: InstanceType<SsmModule['SSMClient']>;
    } & SsmModule
  >;
  wafv2(): Promise<
    {
      readonly client: InstanceType<WafModule['WAFV2Client']>;
      /** For what is of CloudFront: "you must specify the Region US East (N. Virginia)" (WAF API, "Scope"). */
      readonly cloudFront: InstanceType<WafModule['WAFV2Client']>;
    } & WafModule
  >;
}

/** Clients for one Region on one set of credentials; without credentials, those of the process. Each is made once. */
export function awsFor(config: AwsConfig): Aws {
  const clusters = new Map<string, Promise<Kubernetes>>();
  return {
    applicationAutoScaling: once(async () => {
      const module = await import('./applicationAutoScaling.ts');
      return { ...module, client: new module.ApplicationAutoScalingClient(clientConfig(config)) };
    }),
    autoScaling: once(async () => {
      const module = await import('./autoScaling.ts');
      return { ...module, client: new module.AutoScalingClient(clientConfig(config)) };
    }),
    cloudtrail: once(async () => {
      const module = await import('./cloudtrail.ts');
      return { ...module, client: new module.CloudTrailClient(clientConfig(config)) };
    }),
    cloudwatch: once(async () => {
      const module = await import('./cloudwatch.ts');
      return { ...module, client: new module.CloudWatchClient(clientConfig(config)) };
    }),
    ec2: once(async () => {
      const module = await import('./ec2.ts');
      const settings = clientConfig(config);
      const unrepeated = new module.EC2Client({ ...settings, maxAttempts: 1 });
      return { ...module, client: new module.EC2Client(settings), unrepeated };
    }),
    ecr: once(async () => {
      const module = await import('./ecr.ts');
      return { ...module, client: new module.ECRClient(clientConfig(config)) };
    }),
    ecs: once(async () => {
      const module = await import('./ecs.ts');
      const settings = clientConfig(config);
      const unrepeated = new module.ECSClient({ ...settings, maxAttempts: 1 });
      return { ...module, client: new module.ECSClient(settings), unrepeated };
    }),
    eks: once(async () => {
      const module = await import('./eks.ts');
      return { ...module, client: new module.EKSClient(clientConfig(config)) };
    }),
    elasticLoadBalancing: once(async () => {
      const module = await import('./elasticLoadBalancing.ts');
      return { ...module, client: new module.ElasticLoadBalancingV2Client(clientConfig(config)) };
    }),
    eventbridge: once(async () => {
      const module = await import('./eventbridge.ts');
      return { ...module, client: new module.EventBridgeClient(clientConfig(config)) };
    }),
    iam: once(async () => {
      const module = await import('./iam.ts');
      return { ...module, client: new module.IAMClient(clientConfig(config)) };
    }),
    kubernetes: (cluster) => {
      const opened =
        clusters.get(cluster) ?? import('./kubernetes.ts').then(({ openCluster }) => openCluster(config, cluster));
      clusters.set(cluster, opened);
      return opened;
    },
    lambda: once(async () => {
      const module = await import('./lambda.ts');
      return { ...module, client: new module.LambdaClient(clientConfig(config)) };
    }),
    logs: once(async () => {
      const module = await import('./logs.ts');
      return { ...module, client: new module.CloudWatchLogsClient(clientConfig(config)) };
    }),
    scheduler: once(async () => {
      const module = await import('./scheduler.ts');
      return { ...module, client: new module.SchedulerClient(clientConfig(config)) };
    }),
    secretsManager: once(async () => {
      const module = await import('./secretsManager.ts');
      return { ...module, client: new module.SecretsManagerClient(clientConfig(config)) };
    }),
    signer: once(async () => {
      const module = await import('./signer.ts');
      const settings = clientConfig(config);
      return {
        ...module,
        client: new module.SignerClient({ ...settings, disableHostPrefix: isEndpointGiven(config) }),
      };
    }),
    ssm: once(async () => {
      const module = await import('./ssm.ts');
      const settings = clientConfig(config);
      const unrepeated = new module.SSMClient({ ...settings, maxAttempts: 1 });
      return { ...module, client: new module.SSMClient(settings), unrepeated };
    }),
    wafv2: once(async () => {
      const module = await import('./wafv2.ts');
      const cloudFront = new module.WAFV2Client(clientConfig({ ...config, region: 'us-east-1' }));
      return { ...module, client: new module.WAFV2Client(clientConfig(config)), cloudFront };
    }),
  };
}
