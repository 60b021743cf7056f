import type { DeploymentRolloutState, ServiceDeploymentStatus, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { GetRevocationStatusRequest } from '@aws-sdk/client-signer';
import { mockClient } from 'aws-sdk-client-mock';
import type { EcsTag } from '../../shared/account/ecsOwner.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as ecr from '../../shared/platform/sdk/ecr.ts';
import * as ecs from '../../shared/platform/sdk/ecs.ts';
import * as eks from '../../shared/platform/sdk/eks.ts';
import * as eventbridge from '../../shared/platform/sdk/eventbridge.ts';
import * as lambda from '../../shared/platform/sdk/lambda.ts';
import * as scheduler from '../../shared/platform/sdk/scheduler.ts';
import * as signer from '../../shared/platform/sdk/signer.ts';
import type { TestImage } from './images.ts';
import { mockEcr } from './mockEcr.ts';
import { mockEcs } from './mockEcs.ts';
import { mockEks, mockKubernetes } from './mockEks.ts';
import { mockEventBridge } from './mockEventBridge.ts';
import { mockLambda } from './mockLambda.ts';
import { mockScheduler } from './mockScheduler.ts';

export const account = '123456789012';
export const region = 'eu-central-1';
export const repository = 'payments/checkout-api';
export const repositoryUri = `${account}.dkr.ecr.${region}.amazonaws.com/${repository}`;

export interface TestService {
  readonly name: string;
  readonly status?: string;
  /** Image of each container as the definition names it. */
  readonly definition: readonly string[];
  /** Image and digest of each container of the current revision; none: never deployed. */
  readonly revision?: readonly { readonly image: string; readonly imageDigest?: string }[];
  /** Revisions that it has run or runs, by their ids, the current ones last. */
  readonly history?: readonly TestVersion[];
  /** Ids of the current revisions. Default: the one of `revision`. */
  readonly current?: readonly string[];
  /** State of each rollout under way. Default: one, completed. */
  readonly rollouts?: readonly DeploymentRolloutState[];
  /** Reason of a failure instead of an answer. */
  readonly failure?: string;
  readonly tags?: readonly EcsTag[];
}

/** A revision of a service, and how it was deployed. */
export interface TestVersion {
  readonly id: string;
  readonly definition: string;
  readonly containers: readonly { readonly name: string; readonly image: string; readonly digest?: string }[];
  readonly createdAt?: string;
  readonly deployments?: readonly { readonly status: ServiceDeploymentStatus; readonly at?: string }[];
  /** ECS does not show it any more. */
  readonly gone?: boolean;
}

export interface TestTask {
  readonly id: string;
  /** As ECS describes it, over what follows from the other fields. */
  readonly task?: Task;
  readonly lastStatus?: string;
  readonly desiredStatus?: 'RUNNING' | 'STOPPED';
  readonly image: string;
  readonly imageDigest?: string;
  readonly failure?: string;
}

export interface TestCluster {
  readonly name: string;
  readonly services?: readonly TestService[];
  readonly tasks?: readonly TestTask[];
  readonly tags?: readonly EcsTag[];
}

export interface TestFunction {
  readonly name: string;
  readonly version?: string;
  readonly zip?: boolean;
  readonly uri?: string;
  readonly resolved?: string;
  readonly gone?: boolean;
}

/** An EventBridge rule that starts tasks in a cluster, one for each definition (`family:revision`, or the family alone). */
export interface TestRule {
  readonly name: string;
  readonly bus?: string;
  readonly cluster: string;
  readonly definitions: readonly string[];
  /** It sends to a queue as well. */
  readonly other?: boolean;
  readonly gone?: boolean;
}

/** A schedule of EventBridge Scheduler. */
export interface TestSchedule {
  readonly name: string;
  readonly group?: string;
  readonly state?: 'ENABLED' | 'DISABLED';
  /** Default: the cluster `prod`. */
  readonly target?: string;
  /** `family:revision`, or the family alone. */
  readonly definition?: string;
  readonly input?: string;
  readonly gone?: boolean;
}

export interface TestPod {
  readonly name: string;
  readonly image: string;
  readonly imageID?: string;
  readonly phase?: string;
  /** Which of its containers it is. */
  readonly sort?: 'containers' | 'initContainers' | 'ephemeralContainers';
}

export interface TestEksCluster {
  readonly name: string;
  readonly pods?: readonly TestPod[];
  readonly workloads?: readonly {
    readonly kind: 'deployments' | 'statefulsets' | 'daemonsets' | 'cronjobs';
    readonly name: string;
    readonly image: string;
  }[];
  /** What opening its API ends with. */
  readonly unreachable?: Error;
}

/** What the mocked account holds. Mutable: a test changes it between two reads. */
export interface World {
  images: TestImage[];
  clusters?: TestCluster[];
  functions?: TestFunction[];
  rules?: TestRule[];
  schedules?: TestSchedule[];
  eksClusters?: TestEksCluster[];
  /** Images by `family:revision`, besides the definitions of services. */
  definitions?: { [name: string]: readonly string[] };
  /** The same, as ECS describes them. */
  taskDefinitions?: { [name: string]: TaskDefinition & { readonly tags?: readonly EcsTag[] } };
  /** Tags of the repository. */
  tags?: { [key: string]: string };
  /** Answer of DescribeImageScanFindings, a page each. */
  scan?: object[];
  /** What ECR's managed signing says of whichever image is asked about, and what hangs on it. */
  signing?: object[];
  referrers?: object[];
  /** By layer: where its bytes are. */
  layers?: { [digest: string]: string };
  /** What AWS Signer answers about a signature: what of it was revoked. */
  revoked?: (asked: GetRevocationStatusRequest) => string[];
  /** By command, e.g. `ListTasks`: what AWS answers instead, always or for some inputs. */
  refuse?: { [command: string]: Error | ((input: Readonly<Record<string, unknown>>) => Error | undefined) };
  /** Items a page of every list. */
  pageSize?: number;
}

export interface MockAccount {
  readonly aws: Aws;
  /** Every call so far as IAM names it, `ecr:DescribeImages`, and those to clusters, `kubernetes:ListPods`, in order. */
  sent(): readonly string[];
  /** Inputs of every call of one command, e.g. `ecr:UpdateImageStorageClass`. */
  inputs(action: string): readonly Readonly<Record<string, unknown>>[];
}

/** An account at the SDK's boundary: what is not mocked rejects, and every answer comes in pages. */
export function mockAccount(world: World): MockAccount {
  const clients = {
    ecr: new ecr.ECRClient({ region }),
    ecs: new ecs.ECSClient({ region }),
    eks: new eks.EKSClient({ region }),
    events: new eventbridge.EventBridgeClient({ region }),
    lambda: new lambda.LambdaClient({ region }),
    scheduler: new scheduler.SchedulerClient({ region }),
    signer: new signer.SignerClient({ region }),
  };
  const stubs = {
    ecr: mockClient(clients.ecr),
    ecs: mockClient(clients.ecs),
    eks: mockClient(clients.eks),
    events: mockClient(clients.events),
    lambda: mockClient(clients.lambda),
    scheduler: mockClient(clients.scheduler),
    signer: mockClient(clients.signer),
  };
  const unmocked = new Error('this call is not mocked');
  stubs.ecr.onAnyCommand().rejects(unmocked);
  stubs.ecs.onAnyCommand().rejects(unmocked);
  stubs.eks.onAnyCommand().rejects(unmocked);
  stubs.events.onAnyCommand().rejects(unmocked);
  stubs.lambda.onAnyCommand().rejects(unmocked);
  stubs.scheduler.onAnyCommand().rejects(unmocked);
  stubs.signer.onAnyCommand().rejects(unmocked);
  mockEcr(stubs.ecr, world);
  mockEcs(stubs.ecs, world);
  mockEks(stubs.eks, world);
  mockEventBridge(stubs.events, world);
  mockLambda(stubs.lambda, world);
  mockScheduler(stubs.scheduler, world);
  /** Those to clusters, each with how many calls of AWS came before it. */
  const ofClusters: { readonly action: string; readonly after: number }[] = [];
  stubs.signer.on(signer.GetRevocationStatusCommand).callsFake((input) => {
    refused(world, 'GetRevocationStatus', input);
    return { revokedEntities: world.revoked?.(input) ?? [] };
  });

  const calls = () =>
    Object.entries(stubs)
      .flatMap(([service, stub]) => stub.calls().map((call) => ({ service, call })))
      .sort((a, b) => (a.call.calledBefore(b.call as never) ? -1 : 1))
      .map(({ service, call }) => ({
        action: `${service}:${call.args[0].constructor.name.replace(/Command$/, '')}`,
        input: call.args[0].input as Readonly<Record<string, unknown>>,
      }));
  return {
    aws: {
      applicationAutoScaling: () => Promise.reject(unmocked),
      autoScaling: () => Promise.reject(unmocked),
      cloudtrail: () => Promise.reject(unmocked),
      ec2: () => Promise.reject(unmocked),
      ecr: async () => ({ ...ecr, client: clients.ecr }),
      ecs: async () => ({ ...ecs, client: clients.ecs, unrepeated: clients.ecs }),
      eks: async () => ({ ...eks, client: clients.eks }),
      elasticLoadBalancing: () => Promise.reject(unmocked),
      eventbridge: async () => ({ ...eventbridge, client: clients.events }),
      iam: () => Promise.reject(unmocked),
      kubernetes: mockKubernetes(world, (action) => ofClusters.push({ action, after: calls().length })),
      lambda: async () => ({ ...lambda, client: clients.lambda }),
      scheduler: async () => ({ ...scheduler, client: clients.scheduler }),
      logs: () => Promise.reject(unmocked),
      secretsManager: () => Promise.reject(unmocked),
      signer: async () => ({ ...signer, client: clients.signer }),
      ssm: () => Promise.reject(unmocked),
      wafv2: () => Promise.reject(unmocked),
      cloudwatch: () => Promise.reject(unmocked),
    },
    sent: () => {
      const all = calls().map(({ action }) => action);
      const between = (at: number) => ofClusters.flatMap(({ action, after }) => (after === at ? [action] : []));
      return [...all.flatMap((action, at) => [...between(at), action]), ...between(all.length)];
    },
    inputs: (wanted) => calls().flatMap(({ action, input }) => (action === wanted ? [input] : [])),
  };
}

/** Throws what the world says a command is to be refused with. */
export function refused(world: World, command: string, input: object): void {
  const refusal = world.refuse?.[command];
  const error = typeof refusal === 'function' ? refusal(input as Readonly<Record<string, unknown>>) : refusal;
  if (error !== undefined) throw error;
}

/** One page of a list; the token is the place of the next item. */
export function page<T>(world: World, items: readonly T[], token: string | undefined): { part: T[]; next?: string } {
  const from = Number(token ?? 0);
  const to = from + (world.pageSize ?? 100);
  return { part: items.slice(from, to), ...(to < items.length ? { next: String(to) } : {}) };
}
