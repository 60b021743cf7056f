import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { repositories } from '../../sandbox/services/ecr/state.ts';
import { clusters, ecsArn } from '../../sandbox/services/ecs/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { asAdministrator } from './asAdministrator.ts';
import { configFinding } from './configFinding.ts';
import { openStage, type Stage } from './stage.ts';

const digest = `sha256:${'5'.repeat(64)}`;
const incident = 'ecs-service/123456789012/us-east-1/prod/docs';
const rule = (more = '') =>
  [
    'name: platform',
    'when: { source: [config], status: [open] }',
    'do:',
    '  - ecs.update-platform-version',
    'mode: enforce',
    more,
    '',
  ].join('\n');

/** A finding on the service `docs`, of the account that it is so in. */
async function found(service: object, more?: string): Promise<Stage> {
  const stage = await openStage({
    world: worldSchema.parse({
      account: '123456789012',
      region: 'us-east-1',
      repositories: [{ name: 'docs', images: [{ digest, tags: ['1.0'] }] }],
      taskDefinitions: [{ family: 'docs', revision: 3, containers: [{ name: 'app', image: 'docs:1.0' }] }],
      clusters: [{ name: 'prod', services: [{ name: 'docs', taskDefinition: 'docs:3', desiredCount: 2, ...service }] }],
    }),
    rules: { platform: rule(more) },
  });
  stage.deliver(configFinding(stage, 'config-service', ecsArn(stage.account, 'service/prod/docs')));
  return stage;
}

const cluster = ({ account }: Stage) => clusters(account).get('prod');
/** What was asked for. */
const version = (stage: Stage) => cluster(stage)?.services.get('docs')?.revision.platform?.asked;
const running = (stage: Stage) =>
  [...(cluster(stage)?.tasks.values() ?? [])].flatMap(({ platform, status }) =>
    status === 'RUNNING' ? [platform] : [],
  );
const updates = ({ account }: Stage) => account.trail.filter(({ action }) => action === 'ecs:UpdateService').length;
const last = (stage: Stage) => stage.told().at(-1);
/** Whether its container ends as it starts. */
const exits = ({ account }: Stage, is: boolean) =>
  Object.assign(repositories(account).get('docs')?.images.get(digest) ?? {}, { exits: is });

it('a service on a version that AWS has retired runs on the latest, and cannot go back', async () => {
  await using stage = await found({ platformVersion: '1.3.0' });
  await stage.settle();
  expect([version(stage), running(stage)]).toEqual(['LATEST', ['1.4.0', '1.4.0']]);
  expect(last(stage)?.subject).toContain(' fixed, ');
  expect(last(stage)?.body).toContain('AWS starts no task on platform version 1.3.0 any more.');
  expect(await stage.undo(incident)).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('1.3.0') });
});

it('a service on LATEST whose tasks are old is deployed anew, once', async () => {
  await using stage = await found({ runsOn: '1.3.0' });
  await stage.settle();
  expect([version(stage), running(stage), updates(stage)]).toEqual(['LATEST', ['1.4.0', '1.4.0'], 1]);
  expect(await stage.undo(incident)).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('LATEST') });
});

it.each([
  ['its tasks are new already', {}],
  ['it is on LATEST and wants no task', { desiredCount: 0 }],
  ['CodeDeploy deploys it', { platformVersion: '1.4.0', deploymentController: 'CODE_DEPLOY' }],
])('nothing is done where %s', async (_why, service) => {
  await using stage = await found(service);
  await stage.settle();
  expect(updates(stage)).toBe(0);
  expect(stage.told().filter(({ tier }) => tier === 'page')).toEqual([]);
});

it('of a service that wants no task the setting alone changes, and an undo brings it back', async () => {
  await using stage = await found({ platformVersion: '1.4.0', desiredCount: 0 });
  await stage.settle();
  expect([version(stage), running(stage)]).toEqual(['LATEST', []]);
  expect(await stage.undo(incident)).toMatchObject({ kind: 'opened' });
  await stage.settle();
  expect([version(stage), running(stage)]).toEqual(['1.4.0', []]);
});

it('one whose tasks do not come up is pinned again, which is told', async () => {
  await using stage = await found({ platformVersion: '1.4.0' });
  while (version(stage) !== 'LATEST') await stage.pass(1);
  exits(stage, true);
  while (version(stage) === 'LATEST') await stage.pass(10);
  exits(stage, false);
  await stage.settle();
  expect([version(stage), running(stage)]).toEqual(['1.4.0', ['1.4.0', '1.4.0']]);
  expect(stage.heads()).toMatchObject([{ incident, outcome: 'degraded' }]);
  expect(last(stage)?.body).toMatch(/of its tasks did not come up/);
  expect(await stage.undo(incident)).toMatchObject({
    kind: 'nothing',
    reason: expect.stringContaining('was put back'),
  });
});

it('one that its circuit breaker has put back is left there, which is told', async () => {
  await using stage = await found({ platformVersion: '1.4.0', circuitBreaker: { enable: true, rollback: true } });
  while (version(stage) !== 'LATEST') await stage.pass(1);
  exits(stage, true);
  while (version(stage) === 'LATEST') await stage.pass(5);
  exits(stage, false);
  await stage.settle();
  expect([version(stage), running(stage), updates(stage)]).toEqual(['1.4.0', ['1.4.0', '1.4.0'], 1]);
  expect(stage.heads()).toMatchObject([{ incident, outcome: 'degraded' }]);
  expect(last(stage)?.body).toContain('went back to the deployment before');
});

it('one that cannot go back keeps its old tasks where the new ones do not come up, which is told', async () => {
  await using stage = await found({ platformVersion: '1.3.0' });
  while (version(stage) !== 'LATEST') await stage.pass(1);
  exits(stage, true);
  await stage.pass(3600);
  expect([version(stage), running(stage), updates(stage)]).toEqual(['LATEST', ['1.3.0', '1.3.0'], 1]);
  expect(stage.heads()).toMatchObject([{ incident, outcome: 'degraded' }]);
  expect(last(stage)?.body).toContain('nothing brings the old platform version back');
});

it('what somebody pins while it comes up stays', async () => {
  await using stage = await found({ platformVersion: '1.3.0' });
  while (version(stage) !== 'LATEST') await stage.pass(1);
  const pinned = new UpdateServiceCommand({ cluster: 'prod', service: 'docs', platformVersion: '1.4.0' });
  await asAdministrator(stage, ECSClient, (ecs) => ecs.send(pinned));
  await stage.settle();
  expect([version(stage), running(stage), updates(stage)]).toEqual(['1.4.0', ['1.4.0', '1.4.0'], 2]);
});

it('nothing is done before somebody has approved it', async () => {
  await using stage = await found({ platformVersion: '1.4.0' }, 'approval: { when: [always] }');
  await stage.pass(600);
  expect([version(stage), updates(stage)]).toEqual(['1.4.0', 0]);
  expect(last(stage)?.body).toContain('somebody has pinned to 1.4.0, maybe for a reason');
});
