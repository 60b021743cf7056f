import { describe, expect, test } from 'vitest';
import { readDefinitionRunners } from '../../shared/account/definitionServices.ts';
import { readImageGraph } from '../../shared/account/imageGraph.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { image } from './images.ts';
import {
  account,
  mockAccount,
  region,
  repository,
  repositoryUri,
  type TestSchedule,
  type World,
} from './mockAccount.ts';

const amd = image('amd64', { tags: ['prod'] });
const definitions = { 'report:3': [`${repositoryUri}:prod`], 'other:1': ['nginx'] };
const runTask = 'arn:aws:scheduler:::aws-sdk:ecs:runTask';

async function started(schedules: TestSchedule[], more: Partial<World> = {}) {
  const { aws, sent } = mockAccount({ images: [amd], clusters: [{ name: 'prod' }], definitions, schedules, ...more });
  const { users, unread } = await readImageGraph(readsWith(aws), { account, region, repository, digest: amd.digest });
  const found = users.flatMap(({ arn, startedBy }) => [`${arn.split('/').at(-1)} by ${startedBy.join(', ')}`]);
  return { found, unread, sent: sent().filter((call) => call.startsWith('scheduler:')) };
}

describe('schedules', () => {
  test.each<[string, TestSchedule, string]>([
    ['by a revision', { name: 'nightly', definition: 'report:3' }, 'report:3 by schedule/default/nightly'],
    ['by the latest revision', { name: 'nightly', definition: 'report' }, 'report by schedule/default/nightly'],
    [
      'though it is disabled',
      { name: 'n', state: 'DISABLED', definition: 'report:3' },
      'report:3 by schedule/default/n',
    ],
    ['of another group', { name: 'n', group: 'jobs', definition: 'report:3' }, 'report:3 by schedule/jobs/n'],
    [
      'by the call RunTask, which names a family',
      { name: 'n', target: runTask, input: '{"Cluster":"prod","TaskDefinition":"report"}' },
      'report by schedule/default/n',
    ],
  ])('a schedule that starts it %s', async (_how, schedule, expected) => {
    expect(await started([schedule])).toMatchObject({ found: [expected], unread: [] });
  });

  test.each<[string, TestSchedule]>([
    ['another image', { name: 'n', definition: 'other:1' }],
    ['a function, which is not asked for', { name: 'n', target: `arn:aws:lambda:${region}:${account}:function:f` }],
    ['the image, and is gone in between', { name: 'n', definition: 'report:3', gone: true }],
  ])('a schedule that starts %s is none of its users', async (_what, schedule) => {
    expect(await started([schedule])).toMatchObject({ found: [], unread: [] });
  });

  test.each([['no JSON'], ['{"Cluster":"prod"}'], ['{"TaskDefinition":""}']])(
    'a call of ECS with the input %s is told as not read',
    async (input) => {
      const { unread } = await started([{ name: 'n', target: runTask, input }]);
      expect(unread).toEqual([
        { place: 'schedule/default/n', why: 'it calls Amazon ECS, and names no task definition that can be read' },
      ]);
    },
  );

  test('on a later page', async () => {
    const others = Array.from({ length: 5 }, (_, at) => ({ name: `o${at}`, definition: 'other:1' }));
    const { found } = await started([...others, { name: 'last', definition: 'report:3' }], { pageSize: 2 });
    expect(found).toEqual(['report:3 by schedule/default/last']);
  });

  test('are read up to a bound, and more than that is told', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ name: `n${at}`, definition: 'other:1' }));
    expect((await started(many(50), { pageSize: 1 })).unread).toEqual([]);
    const { unread, sent } = await started(many(51), { pageSize: 1 });
    expect(unread).toMatchObject([{ place: 'EventBridge Scheduler', why: expect.stringContaining('more schedules') }]);
    expect(sent.filter((call) => call.endsWith('ListSchedules'))).toHaveLength(50);
    const tooMany = await started(many(501), { pageSize: 100 });
    expect(tooMany.unread).toMatchObject([{ place: 'EventBridge Scheduler' }]);
    expect(tooMany.sent.filter((call) => call.endsWith('GetSchedule'))).toHaveLength(500);
  });

  test('are not asked for where there is no cluster', async () => {
    expect((await started([{ name: 'n', definition: 'report:3' }], { clusters: [] })).sent).toEqual([]);
  });

  test('are among those who run a revision of a task definition', async () => {
    const schedules = [
      { name: 'n', definition: 'report:3' },
      { name: 'latest', target: runTask, input: '{"TaskDefinition":"report"}' },
    ];
    const { aws } = mockAccount({ images: [], clusters: [{ name: 'prod' }], schedules });
    const definition = `arn:aws:ecs:${region}:${account}:task-definition/report:3`;
    const { others, unread } = await readDefinitionRunners(readsWith(aws), definition);
    expect(others).toEqual(['schedule/default/n', 'schedule/default/latest']);
    expect(unread).toEqual([]);
  });
});
