import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import { readDeployable } from '../../account/cleanVersion.ts';
import type { ServiceState } from '../../account/ecsService.ts';
import type { Reads } from '../../account/reads.ts';
import { shortArn } from '../../account/sightings.ts';

/**
 * Why a service must not be deployed anew, whatever else of it is changed: one clause each.
 * @param definition what it runs
 * @throws the SDK's own error
 */
export async function againstDeploying(
  read: Reads,
  { deploymentConfiguration }: Service,
  { digests }: ServiceState,
  { taskDefinitionArn = '', status }: TaskDefinition,
): Promise<readonly string[]> {
  const { strategy = 'ROLLING' } = deploymentConfiguration ?? {};
  const isInactive = status === 'INACTIVE';
  const [moved] = isInactive ? [] : Object.keys((await readDeployable(read, taskDefinitionArn, digests))?.pins ?? {});
  return [
    ...(isInactive ? [`${shortArn(taskDefinitionArn)} was deregistered, so that nothing could bring it back`] : []),
    ...(moved === undefined
      ? []
      : [`the tag of ${moved} points to another image by now, which a deployment would start`]),
    ...(strategy === 'ROLLING' ? [] : [`its deployments are ${strategy}, which go on for hours and shift traffic`]),
  ];
}
