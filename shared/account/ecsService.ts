import type { Service, ServiceRevision } from '@aws-sdk/client-ecs';
import { TargetGone } from '../platform/errors.ts';
import { ecsOwnership } from './ecsOwner.ts';
import { type NoPlace, noPlaceIn } from './noPlace.ts';
import type { Ownership } from './owner.ts';
import type { Reads } from './reads.ts';

/** What a service is and is meant to be, as far as a containment depends on it. Plain JSON. */
export type ServiceState = {
  readonly arn: string;
  /** `REPLICA` or `DAEMON`. */
  readonly scheduling: string;
  /** `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  readonly controller: string;
  readonly desired: number;
  readonly taskDefinition: string;
  /** Percent; ECS keeps so many of the desired tasks running while it deploys. */
  readonly minimumHealthyPercent: number;
  /** With `rollback`, a deployment that does not come up brings back the version before it, which may be the accused one. */
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean } | null;
  /** ARN of the revision that is, or is being, deployed; null where the service has none (CODE_DEPLOY, EXTERNAL). */
  readonly revision: string | null;
  /** By container, what that revision resolved to; a container is missing until ECS has pulled it once. */
  readonly digests: { readonly [container: string]: string };
  /** Id of the deployment that starts tasks now: `ecs-svc/…`. */
  readonly primary: string | null;
  /** `COMPLETED`, `IN_PROGRESS` or `FAILED`, of that deployment. */
  readonly rollout: string;
  readonly running: number;
  /** The two things that its scheduler told last, newest first: e.g. that a deployment failed, and that there was no place for a task. */
  readonly told: readonly string[];
  readonly noPlace: NoPlace | null;
  readonly ownership: Ownership;
};

/** Reads one service. Throws TargetGone when it is not there or was deleted, else the SDK's own error. */
export const readService = async (read: Reads, cluster: string, name: string): Promise<ServiceState> =>
  serviceState(read, await describeLive(read, cluster, name));

/** As ECS describes it, with its tags. Throws TargetGone when it is not there or was deleted, else the SDK's own error. */
export async function describeLive(read: Reads, cluster: string, name: string): Promise<Service> {
  const { client, DescribeServicesCommand } = await read.aws.ecs();
  const answer = await client.send(
    new DescribeServicesCommand({ cluster, services: [name], include: ['TAGS'] }),
    read.call,
  );
  const [service] = answer.services ?? [];
  if (service === undefined || service.status === 'INACTIVE') throw new TargetGone(`${cluster}/${name} is not there`);
  return service;
}

/** What a service is that was described. Throws the SDK's own error. */
export async function serviceState(read: Reads, service: Service): Promise<ServiceState> {
  const revision = await currentRevision(read, service);
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  const { deploymentConfiguration: configuration } = service;
  const breaker = configuration?.deploymentCircuitBreaker;
  return {
    arn: service.serviceArn ?? '',
    scheduling: service.schedulingStrategy ?? 'REPLICA',
    controller: service.deploymentController?.type ?? 'ECS',
    desired: service.desiredCount ?? 0,
    taskDefinition: service.taskDefinition ?? primary?.taskDefinition ?? '',
    minimumHealthyPercent: configuration?.minimumHealthyPercent ?? 100,
    breaker: breaker === undefined ? null : { enable: breaker.enable === true, rollback: breaker.rollback === true },
    revision: revision?.serviceRevisionArn ?? null,
    digests: digestsOf(revision),
    primary: primary?.id ?? null,
    rollout: primary?.rolloutState ?? 'COMPLETED',
    running: service.runningCount ?? 0,
    told: (service.events ?? []).slice(0, 2).flatMap(({ message }) => message ?? []),
    noPlace: noPlaceIn(service.events ?? []),
    ownership: ecsOwnership(service.tags),
  };
}

const digestsOf = (revision: ServiceRevision | undefined): ServiceState['digests'] =>
  Object.fromEntries(
    (revision?.containerImages ?? []).flatMap(({ containerName = '', imageDigest }) =>
      imageDigest === undefined ? [] : [[containerName, imageDigest]],
    ),
  );

/** While a deployment runs there are two: the one that is being deployed is of the service's own definition, and the younger. */
async function currentRevision(read: Reads, service: Service): Promise<ServiceRevision | undefined> {
  const arns = (service.currentServiceRevisions ?? []).flatMap(({ arn }) => arn ?? []);
  if (arns.length === 0) return undefined;
  const { client, DescribeServiceRevisionsCommand } = await read.aws.ecs();
  const answer = await client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: arns }), read.call);
  const revisions = answer.serviceRevisions ?? [];
  const own = revisions.filter(({ taskDefinition }) => taskDefinition === service.taskDefinition);
  const born = ({ createdAt }: ServiceRevision): number => createdAt?.getTime() ?? 0;
  return (own.length > 0 ? own : revisions).toSorted((a, b) => born(b) - born(a))[0];
}
