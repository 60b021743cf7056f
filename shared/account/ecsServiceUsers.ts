import type { Service } from '@aws-sdk/client-ecs';
import { addStarter, type Starters } from './definitionUsers.ts';
import { runs, type Wanted, wouldStart } from './imageMatch.ts';
import { attempt, everyPage, inPartsOf, type Reads } from './reads.ts';
import { note, type Sightings, shortArn } from './sightings.ts';

/**
 * Finds the services whose current revisions run the wanted images (by the digest that ECS resolved at deployment, or by a
 * tag that their next deployment would resolve to one), and adds the task definitions that services would start.
 */
export async function readServiceUsers(
  read: Reads,
  clusters: readonly string[],
  wanted: Wanted,
  sightings: Sightings,
  starters: Starters,
): Promise<void> {
  for (const cluster of clusters) {
    await attempt(sightings.unread, `ECS services of ${shortArn(cluster)}`, async () => {
      for (const service of await servicesOf(read, cluster, sightings)) {
        if (service.status === 'INACTIVE') continue;
        for (const definition of definitionsOf(service)) {
          addStarter(starters, definition, shortArn(service.serviceArn ?? 'a service'));
        }
        await readRevisions(read, service, wanted, sightings);
      }
    });
  }
}

export async function servicesOf(
  read: Reads,
  cluster: string,
  sightings: Pick<Sightings, 'unread'>,
): Promise<Service[]> {
  const { client, ListServicesCommand, DescribeServicesCommand } = await read.aws.ecs();
  const pages = await everyPage(
    (nextToken) => client.send(new ListServicesCommand({ cluster, maxResults: 100, nextToken }), read.call),
    (page) => page.nextToken,
  );
  const services: Service[] = [];
  const arns = pages.flatMap((page) => page.serviceArns ?? []);
  for (const part of inPartsOf(10, arns)) {
    const answer = await client.send(new DescribeServicesCommand({ cluster, services: part }), read.call);
    services.push(...(answer.services ?? []));
    noteFailures(answer.failures, cluster, sightings);
  }
  return services;
}

/** A service's own definition, and those of deployments and task sets under way (CODE_DEPLOY and EXTERNAL controllers). */
export function definitionsOf(service: Service): Set<string> {
  const named = [
    service.taskDefinition,
    ...(service.deployments ?? []).map((deployment) => deployment.taskDefinition),
    ...(service.taskSets ?? []).map((set) => set.taskDefinition),
  ];
  return new Set(named.filter((definition) => definition !== undefined));
}

async function readRevisions(read: Reads, service: Service, wanted: Wanted, sightings: Sightings): Promise<void> {
  const { client, DescribeServiceRevisionsCommand } = await read.aws.ecs();
  const arns = (service.currentServiceRevisions ?? []).flatMap(({ arn }) => (arn === undefined ? [] : [arn]));
  for (const part of inPartsOf(20, arns)) {
    const answer = await client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: part }), read.call);
    noteFailures(answer.failures, service.serviceArn ?? 'a service', sightings);
    for (const revision of answer.serviceRevisions ?? []) {
      const user = { kind: 'service', arn: service.serviceArn ?? revision.serviceArn ?? '' } as const;
      for (const { image, imageDigest } of revision.containerImages ?? []) {
        // A revision without a digest has not been deployed yet: it starts what its tag points to when it is.
        if (imageDigest !== undefined) note(sightings, user, runs(wanted, { image, digest: imageDigest }));
        note(sightings, user, wouldStart(wanted, { image }));
      }
    }
  }
}

function noteFailures(
  failures: readonly { readonly arn?: string | undefined; readonly reason?: string | undefined }[] | undefined,
  place: string,
  sightings: Pick<Sightings, 'unread'>,
): void {
  for (const { arn, reason } of failures ?? []) {
    // MISSING: it was deleted between the two calls.
    if (reason !== 'MISSING')
      sightings.unread.push({ place: shortArn(arn ?? place), why: reason ?? 'no reason given' });
  }
}
