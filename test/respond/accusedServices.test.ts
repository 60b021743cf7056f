import { expect, test } from 'vitest';
import { accusedBy } from '../../shared/account/accused.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { accusationOf, causesOf } from '../../shared/plan/cause.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { withServices } from '../../shared/respond/accusedServices.ts';
import { type Answers, answeringAws } from '../actions/answeringAws.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';
import { rule, ruleSet } from '../plan/fakes.ts';

const finding = oneFinding(sampleEvent('config-task-definition'));
const place = 'arn:aws:ecs:us-east-1:123456789012';
const revisionOf = (name: string): string => `${place}:task-definition/${name}`;
const service = (name: string, taskDefinition: string, more = {}) => ({
  serviceName: name,
  serviceArn: `${place}:service/prod/${name}`,
  status: 'ACTIVE',
  taskDefinition: revisionOf(taskDefinition),
  ...more,
});
const task = (taskDefinition: string, group: string) => ({ taskDefinitionArn: revisionOf(taskDefinition), group });

const answers: Answers = {
  ListClusters: () => ({ clusterArns: [`${place}:cluster/prod`] }),
  ListServices: () => ({ serviceArns: ['a', 'b', 'c', 'd'] }),
  DescribeServices: () => ({
    services: [
      service('checkout', 'checkout-api:87'),
      service('mended', 'checkout-api:88'),
      service('other', 'checkout-api-2:87'),
      service('deleted', 'checkout-api:87', { status: 'INACTIVE' }),
    ],
  }),
  ListTasks: () => ({ taskArns: ['1', '2', '3'] }),
  DescribeTasks: () => ({
    tasks: [
      task('checkout-api:87', 'service:checkout'),
      task('checkout-api:87', 'family:checkout-api'),
      task('checkout-api:86', 'family:checkout-api'),
    ],
  }),
  ListEventBuses: () => ({ EventBuses: [{ Name: 'default' }] }),
  ListSchedules: () => ({ Schedules: [] }),
  ListRuleNamesByTarget: () => ({ RuleNames: ['nightly', 'weekly', 'other'] }),
  ListTargetsByRule: ({ Rule }: { Rule?: string }) => ({
    Targets: [
      {
        Arn: `${place}:cluster/prod`,
        EcsParameters: {
          TaskDefinitionArn: revisionOf(
            Rule === 'nightly' ? 'checkout-api:87' : Rule === 'weekly' ? 'checkout-api' : 'checkout-api:86',
          ),
        },
      },
    ],
  }),
};

const asking = (...actions: string[]) =>
  ruleSet([rule({ name: 'r1', do: actions.map((action) => ({ action, params: {} })) })]);

async function read(change: Answers = {}, { set = asking('ecs.fix-task-definition'), lastTry = false } = {}) {
  const { aws, sent } = answeringAws({ ...answers, ...change });
  const effects = { sessions: { read: async () => aws, write: async () => aws, role: () => 'ours' }, catalogue };
  const matched = [{ finding, decision: 'rule', reason: '', rule: 'r1' } as const];
  const accused = new Map([[finding.id, accusedBy(finding, undefined)]]);
  const found = await withServices(effects, matched, set, { accused, unread: ['before'] }, lastTry);
  const causes = causesOf({ matched, accused: found.accused, earlier: [], causeWindowMinutes: 60 });
  return {
    unread: found.unread,
    unsure: found.unsure,
    services: found.accused.get(finding.id)?.fixTargets?.map(({ id }) => id),
    complaints: accusationOf({ matched, accused: found.accused }, causes, []).complaints,
    sent,
  };
}
const refusing = (name: string) => () => {
  throw Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });
};

test('a revision leads to the services that run it, or another one of its family, and to no other', async () => {
  const { services, complaints } = await read();
  expect(services).toEqual(['prod/checkout', 'prod/mended']);
  expect(complaints).toEqual([{ definition: finding.resource.arn, rule: 'ecs-containers-nonprivileged' }]);
});

test('what runs the revision and is no service is told: tasks that none keeps, rules that name it or its latest', async () => {
  const { unread } = await read();
  expect(unread).toEqual([
    'before',
    'checkout-api:87 is run by 1 task in prod that no service keeps, too: that is not changed.',
    'checkout-api:87 is run by rule/nightly, too: that is not changed.',
    'checkout-api:87 is run by rule/weekly, too: that is not changed.',
  ]);
});

test('nothing is read, and nothing accused, where no rule asks for a fix of services', async () => {
  const { sent, services, complaints } = await read({}, { set: asking('evidence.capture', 'ecs.contain-service') });
  expect([sent, services, complaints]).toEqual([[], undefined, undefined]);
});

test('a place that could not be read is told, and the others count', async () => {
  const { unsure, services } = await read({ ListTasks: refusing('AccessDeniedException') });
  expect(services).toEqual(['prod/checkout', 'prod/mended']);
  expect(unsure).toContainEqual(
    expect.stringMatching(/^ECS tasks of cluster\/prod could not be read: .* more may run/),
  );
});

test('what AWS throttles is read again, and told at the last try', async () => {
  const change = { ListServices: refusing('ThrottlingException') };
  await expect(read(change)).rejects.toThrow(Throttled);
  const { unsure, services } = await read(change, { lastTry: true });
  expect(services).toEqual([]);
  expect(unsure).toContainEqual(expect.stringMatching(/^ECS services of cluster\/prod could not be read/));
});
