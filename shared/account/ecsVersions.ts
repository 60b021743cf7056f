import type { Service, ServiceDeploymentBrief, ServiceRevision } from '@aws-sdk/client-ecs';
import { everyPage, inPartsOf, type Reads } from './reads.ts';
import type { Version } from './workload.ts';

/** A deployment that brought its revision to steady state. Others are under way, were stopped, or were rolled back. */
const steadyStatus = 'SUCCESSFUL';

/**
 * What a service has run, the latest deployment first: its deployments of the last 90 days, which is as long as ECS keeps them,
 * and what it runs now. Throws the SDK's own error; a revision that ECS does not show any more is left out.
 */
export async function readVersions(read: Reads, service: Service): Promise<readonly Version[]> {
  const deployments = await deploymentsOf(read, service);
  const current = (service.currentServiceRevisions ?? []).flatMap(({ arn }) => arn ?? []);
  const deployed = deployments.flatMap(({ targetServiceRevisionArn }) => targetServiceRevisionArn ?? []);
  const versions = (await revisionsOf(read, [...new Set([...deployed, ...current])])).flatMap((revision) =>
    versionOf(revision, deployments, current.length === 1 && isSettled(service) ? current : []),
  );
  return versions.toSorted((a, b) => (a.deployedAt < b.deployedAt ? 1 : a.deployedAt > b.deployedAt ? -1 : 0));
}

/** No deployment is under way: what the service runs is steady. */
const isSettled = ({ deployments = [] }: Service): boolean =>
  deployments.length === 1 && deployments[0]?.rolloutState === 'COMPLETED';

async function deploymentsOf(read: Reads, { serviceArn, clusterArn }: Service): Promise<ServiceDeploymentBrief[]> {
  const { client, ListServiceDeploymentsCommand } = await read.aws.ecs();
  const pages = await everyPage(
    (nextToken) =>
      client.send(
        new ListServiceDeploymentsCommand({ service: serviceArn, cluster: clusterArn, maxResults: 100, nextToken }),
        read.call,
      ),
    (page) => page.nextToken,
  );
  return pages.flatMap((page) => page.serviceDeployments ?? []);
}

async function revisionsOf(read: Reads, arns: readonly string[]): Promise<ServiceRevision[]> {
  const { client, DescribeServiceRevisionsCommand } = await read.aws.ecs();
  const revisions: ServiceRevision[] = [];
  for (const part of inPartsOf(20, arns)) {
    const answer = await client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: part }), read.call);
    revisions.push(...(answer.serviceRevisions ?? []));
  }
  return revisions;
}

function versionOf(
  { serviceRevisionArn, taskDefinition, containerImages = [], createdAt }: ServiceRevision,
  deployments: readonly ServiceDeploymentBrief[],
  settled: readonly string[],
): readonly Version[] {
  if (serviceRevisionArn === undefined || taskDefinition === undefined) return [];
  const own = deployments.filter((deployment) => deployment.targetServiceRevisionArn === serviceRevisionArn);
  const began = own.flatMap((deployment) => deployment.startedAt ?? deployment.createdAt ?? []);
  const first = [...began, ...(createdAt === undefined ? [] : [createdAt])].map((date) => date.toISOString()).sort()[0];
  if (first === undefined) return [];
  return [
    {
      revision: serviceRevisionArn,
      taskDefinition,
      containers: containerImages.map(({ containerName = '', image, imageDigest }) => ({
        name: containerName,
        image: image ?? null,
        digest: imageDigest ?? null,
      })),
      deployedAt: first,
      steady: own.some(({ status }) => status === steadyStatus) || settled.includes(serviceRevisionArn),
    },
  ];
}
