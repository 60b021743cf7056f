import type { CloudWatchLogsClient, FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { askedFor } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';

const minutes = { minute: 1, hour: 60, day: 1440 } as const;

/** How often a schedule runs, in minutes; undefined for what is no rate. */
function everyMinutes(schedule: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  return count === undefined ? undefined : Number(count) * minutes[unit as keyof typeof minutes];
}

/** A run that is late is none that is missed. */
const missedRuns = 3;

const functionIn = (arn: string): string | undefined => /^arn:[^:]+:lambda:[^:]+:\d+:function:([^:]+)/.exec(arn)?.[1];

/** What runs by the clock has a line in its log, however little it did: Lambda writes when it starts (Lambda developer guide, Logging). */
export const schedules: Check = {
  name: 'schedules',
  look: async ({ stage, eventRules }) => {
    const { config, effects, region } = stage;
    const logs = await import('@aws-sdk/client-cloudwatch-logs');
    const client = new logs.CloudWatchLogsClient(clientConfig(config));
    const now = effects.clock.now().getTime();
    const clocked = (await eventRules()).flatMap(({ schedule, targets, changedAt }) => {
      const every = schedule === undefined ? undefined : everyMinutes(schedule);
      const names = targets.map(({ arn }) => functionIn(arn)).filter((name) => name !== undefined);
      return every === undefined ? [] : names.map((name) => ({ name, every, changedAt }));
    });
    const looked = await Promise.all(
      clocked.map(async ({ name, every, changedAt }) => ({
        name,
        every,
        isNew: now - changedAt < missedRuns * every * 60_000,
        ran: await askedFor('logs:FilterLogEvents', ['ResourceNotFoundException'], () =>
          hasEvent(logs, client, `/aws/lambda/${name}`, now - missedRuns * every * 60_000),
        ),
      })),
    );
    const idle = looked.filter(({ ran, isNew }) => ran !== true && !isNew);
    const awaited = looked.filter(({ ran, isNew }) => ran !== true && isNew).map(({ name }) => name);
    const [first] = idle;
    if (first === undefined && awaited.length > 0)
      return warning(
        `Deployed a moment ago, and not run yet: ${awaited.join(', ')}.`,
        'Ask again in a quarter of an hour.',
      );
    if (first === undefined) return ok(`Run by the clock: ${looked.map(({ name }) => name).join(', ')}.`);
    return broken(
      `Not run for the last ${idle.map(({ name, every }) => `${missedRuns * every} minutes: ${name}`).join('; ')}.`,
      `See event-rules and functions here, then its log: aws logs tail /aws/lambda/${first.name} --since 1h --region ${region}.`,
    );
  },
};

/** Whether a log group has anything since then. A page may be empty and still have a successor. */
async function hasEvent(
  { FilterLogEventsCommand }: typeof import('@aws-sdk/client-cloudwatch-logs'),
  client: CloudWatchLogsClient,
  logGroupName: string,
  startTime: number,
): Promise<boolean> {
  let nextToken: string | undefined;
  do {
    const page: FilterLogEventsCommandOutput = await client.send(
      new FilterLogEventsCommand({ logGroupName, startTime, limit: 1, nextToken }),
    );
    if ((page.events ?? []).length > 0) return true;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return false;
}
