import type { Service } from '@aws-sdk/client-ecs';
import { namedFailure } from '../../account/awsFailure.ts';
import { clusterProtection } from '../../account/ecsOwner.ts';
import { describeLive, type ServiceState, serviceState } from '../../account/ecsService.ts';
import { readServiceTasks, type ServiceTask } from '../../account/ecsTasks.ts';
import { ownerText } from '../../account/owner.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { shortArn } from '../../account/sightings.ts';
import { readWholeDefinition } from '../../account/wholeDefinition.ts';
import type { ReadContext } from '../contract.ts';
import { againstDeploying } from '../targets/againstDeploying.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { type Before, beforeShape, type Observed, type Params } from './types.ts';
import { LATEST } from './versions.ts';

/** Reads the service, its platform version and that of its tasks. Throws TargetGone, Throttled or ActionFailed. */
export async function observePlatform(target: ServiceTarget, _params: Params, context: ReadContext): Promise<Observed> {
  const { cluster, service: name } = target;
  const read = readsWith(context.aws);
  try {
    const described = await describeLive(read, cluster, name);
    const service = await serviceState(read, described);
    const runsOn = versionsOf((await readServiceTasks(read, cluster, name)).live);
    const version = versionOf(described);
    const launch = launchOf(described);
    const before = beforeShape.safeParse(context.before).data;
    const ours = before !== undefined && isDeployedBy(before, version, service);
    return {
      version,
      launch,
      platformFamily: described.platformFamily ?? '',
      protectedBy: service.ownership.protectedBy ?? (await clusterProtection(read, cluster)),
      controller: service.controller,
      deploying: service.rollout === 'IN_PROGRESS' && !ours,
      against: [
        ...(service.rollout === 'FAILED' && !ours ? ['its last deployment has failed, and may fail again'] : []),
        ...(service.controller === 'ECS' && launch === 'FARGATE' ? await againstOf(read, described, service) : []),
      ],
      runsOn,
      primary: service.primary,
      definition: service.taskDefinition,
      desired: service.desired,
      running: service.running,
      minimumHealthyPercent: service.minimumHealthyPercent,
      owner: ownerText(service.ownership),
      seen: [
        `${shortArn(service.arn)} has platform version ${version}${runsOn.length === 0 ? '' : `, and its tasks run on ${runsOn.join(', ')}`}`,
        `it wants ${service.desired} tasks of ${shortArn(service.taskDefinition)}, and ${service.running} run`,
      ],
    };
  } catch (error) {
    throw namedFailure(error, `Reading service ${target.id}`);
  }
}

/** "If one isn't specified, the LATEST platform version is used" (ECS API reference, "Service"). */
export const versionOf = ({ platformVersion }: Service): string => platformVersion ?? LATEST;

/** What tasks run on, each once. */
export const versionsOf = (tasks: readonly ServiceTask[]): readonly string[] =>
  [...new Set(tasks.flatMap(({ platformVersion }) => platformVersion ?? []))].sort();

const ofFargate: readonly string[] = ['FARGATE', 'FARGATE_SPOT'];

/** A service has a launch type or capacity providers, and those of Fargate are in one strategy with no others. */
function launchOf({ launchType, capacityProviderStrategy = [] }: Service): string {
  const providers = capacityProviderStrategy.map(({ capacityProvider = '' }) => capacityProvider);
  if (providers.length === 0) return launchType ?? 'EC2';
  return providers.every((one) => ofFargate.includes(one)) ? 'FARGATE' : providers.toSorted().join(', ');
}

/** What it deploys is what a step with this before-state has deployed. */
const isDeployedBy = (before: Before, version: string, { primary }: ServiceState): boolean =>
  version === LATEST && primary !== before.primary;

async function againstOf(read: Reads, described: Service, service: ServiceState): Promise<readonly string[]> {
  const { definition } = await readWholeDefinition(read, service.taskDefinition);
  return againstDeploying(read, described, service, definition);
}
