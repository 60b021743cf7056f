import { readDeployable } from '../../account/cleanVersion.ts';
import type { ServiceState } from '../../account/ecsService.ts';
import { readsWith } from '../../account/reads.ts';
import { shortArn } from '../../account/sightings.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext, Target } from '../contract.ts';
import type { Substeps } from '../substeps.ts';

export type ServiceTarget = Target<'ecs-service'>;

export interface ServiceChange {
  readonly desiredCount?: number;
  readonly taskDefinition?: string;
  readonly forceNewDeployment?: boolean;
  /** Of Fargate: `LATEST` or a version. */
  readonly platformVersion?: string;
  readonly deploymentConfiguration?: {
    readonly deploymentCircuitBreaker: { readonly enable: boolean; readonly rollback: boolean };
  };
}

export async function updateService(
  { cluster, service, id }: ServiceTarget,
  { aws }: ActContext,
  substeps: Substeps,
  what: { readonly name: string; readonly did: string; readonly otherwise: string },
  change: ServiceChange,
): Promise<void> {
  const { client, UpdateServiceCommand } = await aws.ecs();
  await substeps.attempt({ doing: `Updating service ${id}`, ...what }, async () => {
    await client.send(new UpdateServiceCommand({ cluster, service, ...change }));
    return 'updated';
  });
}

/**
 * Deploying a definition resolves its tags anew.
 * @param version by container, the digests that it is to start
 * @throws ActionFailed where it would start something else by now, or nothing
 */
export async function refuseMoved(
  taskDefinition: string,
  version: { readonly [container: string]: string },
  { aws }: Pick<ActContext, 'aws'>,
): Promise<void> {
  const name = shortArn(taskDefinition);
  const now = await readDeployable(readsWith(aws), taskDefinition, version);
  if (now === null) throw new ActionFailed(`${name} is not there any more`);
  const [moved] = Object.keys(now.pins);
  if (moved !== undefined) {
    throw new ActionFailed(
      `${name} would not start what it ran (${moved}: ${version[moved]}): its tag points elsewhere by now, or the definition was deregistered. Deploy it by hand`,
    );
  }
}

/** Why a service is not up is often to be read there: no capacity, no place on a host, a pull that fails. */
export const lastWords = ({ told }: Pick<ServiceState, 'told'>): string =>
  told.length === 0 ? '' : `; ECS told last: ${told.join(' Before that: ')}`;
