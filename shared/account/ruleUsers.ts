import type { Target } from '@aws-sdk/client-eventbridge';
import { failureOf } from './awsFailure.ts';
import { addStarter, type Starters } from './definitionUsers.ts';
import { attempt, everyPage, type Reads } from './reads.ts';
import { type Sightings, shortArn } from './sightings.ts';

/**
 * Adds the task definitions that EventBridge rules would start in these clusters, whether by a schedule or an event: rules of
 * every bus, the disabled ones too, because one call enables them. EventBridge Scheduler is another service (`readScheduleStarters`).
 */
export async function readRuleStarters(
  read: Reads,
  clusters: readonly string[],
  sightings: Sightings,
  starters: Starters,
): Promise<void> {
  // Rules start tasks in clusters only: without one, there is nothing to ask for.
  if (clusters.length === 0) return;
  const buses = await attempt(sightings.unread, 'event buses', () => busesOf(read));
  for (const bus of buses ?? []) {
    for (const cluster of clusters) {
      await attempt(sightings.unread, `EventBridge rules of ${shortArn(cluster)} on bus ${bus}`, async () => {
        for (const rule of await rulesOf(read, bus, cluster)) {
          const starter = bus === 'default' ? `rule/${rule}` : `rule/${bus}/${rule}`;
          for (const { Arn, EcsParameters } of await targetsOf(read, bus, rule)) {
            const definition = Arn === cluster ? EcsParameters?.TaskDefinitionArn : undefined;
            if (definition !== undefined) addStarter(starters, definition, starter);
          }
        }
      });
    }
  }
}

async function busesOf(read: Reads): Promise<string[]> {
  const { client, ListEventBusesCommand } = await read.aws.eventbridge();
  const pages = await everyPage(
    (NextToken) => client.send(new ListEventBusesCommand({ Limit: 100, NextToken }), read.call),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => (page.EventBuses ?? []).flatMap(({ Name }) => (Name === undefined ? [] : [Name])));
}

async function rulesOf(read: Reads, EventBusName: string, TargetArn: string): Promise<string[]> {
  const { client, ListRuleNamesByTargetCommand } = await read.aws.eventbridge();
  const pages = await everyPage(
    (NextToken) =>
      client.send(new ListRuleNamesByTargetCommand({ TargetArn, EventBusName, Limit: 100, NextToken }), read.call),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.RuleNames ?? []);
}

async function targetsOf(read: Reads, EventBusName: string, Rule: string): Promise<Target[]> {
  const { client, ListTargetsByRuleCommand } = await read.aws.eventbridge();
  try {
    const pages = await everyPage(
      (NextToken) =>
        client.send(new ListTargetsByRuleCommand({ Rule, EventBusName, Limit: 100, NextToken }), read.call),
      (page) => page.NextToken,
    );
    return pages.flatMap((page) => page.Targets ?? []);
  } catch (error) {
    // Deleted between the two calls: what is gone starts nothing.
    if (failureOf(error)?.kind === 'gone') return [];
    throw error;
  }
}
