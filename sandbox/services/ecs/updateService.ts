import type { DeploymentConfiguration, UpdateServiceRequest, UpdateServiceResponse } from '@aws-sdk/client-ecs';
import { type Account, AwsError, operation } from '../../account.ts';
import { calm, deploy } from './deployment.ts';
import { describedService } from './describe/service.ts';
import type { DeploymentLimits } from './limits.ts';
import { passedRoles } from './needs.ts';
import { refuseUnknownPlatform } from './platforms.ts';
import {
  clusterNamed,
  definitionNamed,
  ecsArn,
  lastPart,
  type StoredService,
  type StoredTaskDefinition,
  serviceNamed,
  startableDefinition,
} from './state.ts';
import { refuseOthers } from './unsupported.ts';
import { wake } from './wake.ts';

const KNOWN = [
  ...['cluster', 'service', 'desiredCount', 'taskDefinition', 'forceNewDeployment', 'deploymentConfiguration'],
  'platformVersion',
];

/** What AWS refuses of services whose deployments are not its own; its words are known for the task definition alone. */
const ONLY_ECS = [
  ['taskDefinition', 'task definition'],
  ['networkConfiguration', 'network configuration'],
  ['platformVersion', 'platform version'],
  ['loadBalancers', 'load balancers'],
  ['forceNewDeployment', 'deployment'],
] as const;

/**
 * Changes a service. A new count alone deploys nothing; a task definition or a platform version that it does not have yet, and
 * `forceNewDeployment`, make a new deployment, whose tags are resolved now.
 */
export const updateService = operation<UpdateServiceRequest, UpdateServiceResponse>(
  (input, account) => [
    {
      action: 'ecs:UpdateService',
      resource: ecsArn(account, `service/${lastPart(input.cluster ?? 'default')}/${lastPart(input.service ?? '')}`),
    },
    ...(input.taskDefinition === undefined
      ? []
      : passedRoles(definitionNamed(account, input.taskDefinition)?.settings, account)),
  ],
  (input, { account }) => {
    const cluster = clusterNamed(account, input.cluster);
    const service = serviceNamed(cluster, input.service);
    if (service.status !== 'ACTIVE') throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
    refuse(input, service);
    const definition = wantedDefinition(account, service, input.taskDefinition);
    const asked = wantedPlatform(account, service, definition, input.platformVersion);
    const limits = changedLimits(service, input.deploymentConfiguration);
    if (input.desiredCount !== undefined) service.desiredCount = input.desiredCount;
    service.limits = limits;
    const isOther = definition !== service.definition || asked !== service.revision.platform?.asked;
    if (isOther || input.forceNewDeployment === true) {
      deploy(account, cluster, service, definition, asked);
    } else {
      calm(service);
      wake(account, cluster, service);
    }
    return { service: describedService(account, cluster, service) };
  },
);

/** Throws AwsError InvalidParameterException, UnsupportedFeatureException. */
function refuse(input: UpdateServiceRequest, { controller, schedulingStrategy }: StoredService): void {
  if (schedulingStrategy === 'DAEMON' && input.desiredCount !== undefined) {
    throw invalid(
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
    );
  }
  const refused = ONLY_ECS.find(([key]) => input[key] !== undefined && input[key] !== false);
  if (controller !== 'ECS' && refused !== undefined) {
    const instead =
      controller === 'CODE_DEPLOY'
        ? 'Use AWS CodeDeploy to trigger a new deployment.'
        : 'Use a task set to make the change.';
    throw invalid(`Unable to update ${refused[1]} on services with a ${controller} deployment controller. ${instead}`);
  }
  if (input.desiredCount !== undefined && !(Number.isInteger(input.desiredCount) && input.desiredCount >= 0)) {
    throw invalid('The desired count must be a whole number that is not negative.');
  }
  refuseOthers(input, KNOWN);
}

/** What it has stays, deregistered or not. Throws what `startableDefinition` throws. */
const wantedDefinition = (account: Account, service: StoredService, asked: string | undefined) =>
  asked === undefined ? service.definition : startableDefinition(account, asked);

/** Throws AwsError: InvalidParameterException on hosts, in words that users quote; PlatformUnknownException. */
function wantedPlatform(
  account: Account,
  { launchType, revision }: StoredService,
  definition: StoredTaskDefinition,
  asked: string | undefined,
): string | undefined {
  if (asked === undefined) return revision.platform?.asked;
  if (launchType === 'EC2') throw invalid('The platform version must be null when specifying an EC2 launch type.');
  refuseUnknownPlatform(account, definition, asked);
  return asked;
}

/** Throws AwsError InvalidParameterException, UnsupportedFeatureException. */
function changedLimits(
  { limits, schedulingStrategy }: StoredService,
  asked: DeploymentConfiguration = {},
): DeploymentLimits {
  refuseOthers(asked, [
    'minimumHealthyPercent',
    'maximumPercent',
    'deploymentCircuitBreaker',
    'strategy',
    'bakeTimeInMinutes',
  ]);
  if ((asked.strategy ?? 'ROLLING') !== 'ROLLING' || (asked.bakeTimeInMinutes ?? 0) !== 0) {
    throw new AwsError(
      'UnsupportedFeatureException',
      'The sandbox knows the strategy ROLLING without a bake time alone.',
    );
  }
  const { minimumHealthyPercent = limits.minimumHealthyPercent, maximumPercent = limits.maximumPercent } = asked;
  const most = schedulingStrategy === 'DAEMON' ? 100 : Number.POSITIVE_INFINITY;
  if (
    minimumHealthyPercent < 0 ||
    maximumPercent < 1 ||
    maximumPercent < minimumHealthyPercent ||
    minimumHealthyPercent > most
  ) {
    throw invalid('Both maximumPercent and minimumHealthyPercent must allow the scheduler to act.');
  }
  const {
    enable = false,
    rollback = false,
    resetOnHealthyTask,
    thresholdConfiguration: threshold,
  } = asked.deploymentCircuitBreaker ?? limits.circuitBreaker;
  const { type, value } = threshold ?? {};
  return {
    minimumHealthyPercent,
    maximumPercent,
    circuitBreaker: {
      enable,
      rollback,
      ...(resetOnHealthyTask === undefined ? {} : { resetOnHealthyTask }),
      ...(type === undefined || value === undefined ? {} : { thresholdConfiguration: { type, value } }),
    },
  };
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
