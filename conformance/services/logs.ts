import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { createLogGroup } from '../../sandbox/services/logs/groups.ts';
import { type Script, step, withClient } from '../script.ts';

const GROUP = '/ecs/shop';
// The same on both sides: a minute ago, to the second.
const START = Math.floor(Date.now() / 1000) * 1000 - 60_000;
const DAY = 24 * 3_600_000;

const line = (second: number, message: string) => ({ timestamp: START + second * 1000, message });
const put =
  (logStreamName: string, logEvents: { timestamp: number; message: string }[], logGroupName = GROUP) =>
  () =>
    new PutLogEventsCommand({ logGroupName, logStreamName, logEvents });
const create =
  (logStreamName: string, logGroupName = GROUP) =>
  () =>
    new CreateLogStreamCommand({ logGroupName, logStreamName });
const get =
  (input: Partial<GetLogEventsCommandInput> = {}) =>
  () =>
    new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: 'web', startFromHead: true, ...input });
const filter =
  (input: FilterLogEventsCommandInput = {}) =>
  () =>
    new FilterLogEventsCommand({ logGroupName: GROUP, ...input });

export const logs: Script = {
  service: 'logs',
  client: (connection) => new CloudWatchLogsClient(connection),
  sandbox: (account) => {
    createLogGroup(account, { name: GROUP, retentionDays: 30 });
    createLogGroup(account, { name: '/lambda/act' });
  },
  moto: (connection) =>
    withClient(new CloudWatchLogsClient(connection), async (client) => {
      for (const logGroupName of [GROUP, '/lambda/act']) await client.send(new CreateLogGroupCommand({ logGroupName }));
      await client.send(new PutRetentionPolicyCommand({ logGroupName: GROUP, retentionInDays: 30 }));
    }),
  fields: {
    creationTime: 'time',
    timestamp: 'time',
    ingestionTime: 'time',
    eventId: 'text',
    nextSequenceToken: 'text',
    nextToken: 'id',
    nextForwardToken: 'id',
    nextBackwardToken: 'id',
  },
  steps: [
    step('lists groups', () => new DescribeLogGroupsCommand({})),
    step('lists groups with a prefix', () => new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs' })),
    step('lists a page of groups', () => new DescribeLogGroupsCommand({ limit: 1 })),
    step('lists no groups', () => new DescribeLogGroupsCommand({ logGroupNamePrefix: '/nobody' })),
    step('makes a stream', create('web')),
    step('makes another', create('worker')),
    step('refuses to make it again', create('web'), { words: true }),
    step('refuses a stream in a group that is not there', create('web', '/nowhere'), { words: true }),
    step('refuses a stream with a colon', create('a:b')),
    step('writes lines', put('web', [line(0, 'GET /'), line(1, 'ERROR timeout'), line(2, 'POST /pay ERROR')])),
    step('writes to another stream', put('worker', [line(1, 'job 7 done'), line(3, 'Error in job 8')])),
    step('refuses lines for a stream that is not there', put('nobody', [line(0, 'x')]), { words: true }),
    step('refuses lines for a group that is not there', put('web', [line(0, 'x')], '/nowhere'), { words: true }),
    step('refuses no lines', put('web', [])),
    step('refuses lines out of order', put('worker', [line(9, 'late'), line(8, 'early')])),
    step('says which lines are too old and too new', put('worker', [{ timestamp: START - 20 * DAY, message: 'old' }])),
    step('says which lines are too new', put('worker', [{ timestamp: START + DAY, message: 'new' }])),
    step('reads a stream', get()),
    step('reads a page from the head', get({ limit: 2 })),
    step('reads the end', get({ limit: 2, startFromHead: false })),
    step('reads from a time', get({ startTime: START + 1000 })),
    step('reads until a time', get({ endTime: START + 2000 })),
    step(
      'reads forward at the end',
      (seen) =>
        new GetLogEventsCommand({
          logGroupName: GROUP,
          logStreamName: 'web',
          startFromHead: true,
          nextToken: seen('reads a stream', 'nextForwardToken'),
        }),
    ),
    step('refuses a stream that is not there', get({ logStreamName: 'nobody' })),
    step('refuses a group that is not there', get({ logGroupName: '/nowhere' })),
    step('refuses a token that is none', get({ nextToken: 'none' })),
    step('filters nothing', filter()),
    step('filters a word', filter({ filterPattern: 'ERROR' })),
    step('filters two words', filter({ filterPattern: 'ERROR POST' })),
    step('filters one word or another', filter({ filterPattern: '?POST ?job' })),
    step('filters a phrase', filter({ filterPattern: '"job 7"' })),
    step('filters without a word', filter({ filterPattern: 'ERROR -POST' })),
    step('filters one stream', filter({ logStreamNames: ['worker'] })),
    step('filters streams by prefix', filter({ logStreamNamePrefix: 'we' })),
    step('filters a time', filter({ startTime: START + 1000, endTime: START + 2000 })),
    step('filters a page', filter({ limit: 2 })),
    step('refuses to filter a group that is not there', filter({ logGroupName: '/nowhere' })),
  ],
};
