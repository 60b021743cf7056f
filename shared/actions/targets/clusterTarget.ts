import type { Cluster } from '@aws-sdk/client-ecs';
import { namedFailure } from '../../account/awsFailure.ts';
import { ecsOwnership } from '../../account/ecsOwner.ts';
import type { Ownership } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ReadContext, Target } from '../contract.ts';
import { clusterArn, clusterOf } from './ecsTarget.ts';

export type ClusterTarget = Target<'ecs-cluster'>;

/** The ARN that IAM scopes the calls to, from checked parts. Throws ActionFailed for what is no cluster. */
export const arnOfCluster = (target: ClusterTarget): string => clusterArn(clusterOf(target));

/** Grants on one cluster itself, and on nothing that is in it. */
export const onCluster = (target: ClusterTarget, ...actions: readonly string[]) =>
  actions.map((action) => ({ action, resource: arnOfCluster(target) }));

/**
 * A cluster with its settings and tags. One that was deleted is still described for a while, as INACTIVE (ECS API reference, "Cluster").
 * @throws TargetGone when it is not there, ActionFailed or Throttled when it cannot be read
 */
export async function readCluster(target: ClusterTarget, context: ReadContext): Promise<Cluster> {
  const read = readsWith(context.aws);
  try {
    const { client, DescribeClustersCommand } = await read.aws.ecs();
    const answer = await client.send(
      new DescribeClustersCommand({ clusters: [arnOfCluster(target)], include: ['SETTINGS', 'TAGS'] }),
      read.call,
    );
    const [found] = answer.clusters ?? [];
    if (found === undefined || found.status === 'INACTIVE') {
      throw new TargetGone(`The cluster ${target.cluster} is not there any more`);
    }
    return found;
  } catch (error) {
    throw namedFailure(error, `Reading the cluster ${target.cluster}`);
  }
}

/** Whose it is, and whether it is protected, as its tags say. */
export const ownershipOf = ({ tags }: Cluster): Ownership => ecsOwnership(tags);
