import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { clusters, ecsArn, taskDefinitions } from '../../sandbox/services/ecs/state.ts';
import { logsState } from '../../sandbox/services/logs/groups.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { asAdministrator } from './asAdministrator.ts';
import { configFinding } from './configFinding.ts';
import { openStage, type Stage } from './stage.ts';

const revision = 'checkout-api:87';
const incident = `ecs-task-definition/123456789012/us-east-1/${revision}`;
const secret = 'correct-horse-battery';
const fixing = (params = '{}', more = '') =>
  [
    'name: fixing',
    'when:',
    '  source: [config]',
    '  status: [open]',
    'do:',
    `  - ecs.fix-task-definition: ${params}`,
    'mode: enforce',
    more,
    '',
  ].join('\n');

interface Given {
  readonly image?: object;
  readonly container?: object;
  readonly definition?: object;
  readonly service?: object;
  readonly cluster?: object;
}

const host = (ec2InstanceId: string) => ({ ec2InstanceId, cpu: 4096, memory: 8192 });
const world = ({ image, container, definition, service, cluster }: Given) =>
  worldSchema.parse({
    account: '123456789012',
    region: 'us-east-1',
    repositories: [{ name: 'checkout', images: [{ digest: `sha256:${'5'.repeat(64)}`, tags: ['1.0'], ...image }] }],
    taskDefinitions: [
      {
        family: 'checkout-api',
        revision: 87,
        networkMode: 'bridge',
        containers: [
          {
            name: 'checkout-api',
            image: 'checkout:1.0',
            privileged: true,
            environment: { DB_PASSWORD: secret },
            ...container,
          },
        ],
        tags: { team: 'checkout' },
        ...definition,
      },
    ],
    clusters: [
      {
        name: 'prod',
        containerInstances: [host('i-0ab12cd34ef567890'), host('i-0ab12cd34ef567891')],
        services: [{ name: 'checkout', taskDefinition: revision, desiredCount: 2, launchType: 'EC2', ...service }],
        ...cluster,
      },
    ],
  });

async function opened(given: Given, params?: string, more?: string): Promise<Stage> {
  return openStage({ world: world(given), rules: { fixing: fixing(params, more) } });
}

function finds(stage: Stage, ...rules: readonly string[]): void {
  for (const rule of rules) {
    const event = configFinding(stage, 'config-task-definition', ecsArn(stage.account, `task-definition/${revision}`));
    stage.deliver(JSON.parse(JSON.stringify(event).replaceAll(/ecs-containers-nonprivileged[-a-z0-9]*/g, rule)));
  }
}

const serviceOf = ({ account }: Stage) => {
  const found = clusters(account).get('prod')?.services.get('checkout');
  if (found === undefined) throw new Error('The service is not there');
  return found;
};
const logsOf = ({ account }: Stage) =>
  [...logsState(account).groups.values()].map(({ streams }) => [...streams.values()].map(({ events }) => events));
const deployed = (stage: Stage) => serviceOf(stage).definition;
const revisions = ({ account }: Stage) => [...taskDefinitions(account).keys()];
const last = (stage: Stage) => stage.told().at(-1);
const running = ({ account }: Stage) =>
  [...(clusters(account).get('prod')?.tasks.values() ?? [])].flatMap(({ definition, status }) =>
    status === 'RUNNING' ? [definition.revision] : [],
  );

describe('a definition with a privileged container', () => {
  it('is deployed without it: every task that runs is of the copy, which differs in nothing else', async () => {
    await using stage = await opened({});
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(running(stage)).toEqual([88, 88]);
    const [was, is] = [revision, 'checkout-api:88'].map((name) => taskDefinitions(stage.account).get(name));
    expect(is?.containers).toEqual([{ ...was?.containers[0], privileged: false }]);
    // ECS shows these where none were given, and takes them as they are.
    expect(is?.settings).toEqual({ ...was?.settings, volumes: [], placementConstraints: [] });
    expect(is?.tags).toEqual(was?.tags);
    expect(last(stage)?.subject).toContain(' fixed, ');
  });

  it('leaves no value of its environment anywhere: not in the journal, the plan, a message or a log', async () => {
    await using stage = await opened({ image: { needs: ['privileged'] } });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(JSON.stringify([stage.table(), stage.told()])).not.toContain(secret);
    expect(JSON.stringify([stage.executions().map(({ history }) => history), logsOf(stage)])).not.toContain(secret);
    expect(JSON.stringify(logsOf(stage))).toContain('Step ended');
    expect(deployed(stage).containers[0]?.environment).toEqual([{ name: 'DB_PASSWORD', value: secret }]);
  });

  it('is put back where the copy does not come up, though no circuit breaker says so; that is told', async () => {
    await using stage = await opened({ image: { needs: ['privileged'] } });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(deployed(stage).revision).toBe(87);
    expect(running(stage)).toEqual([87, 87]);
    expect(revisions(stage)).toEqual([revision, 'checkout-api:88']);
    expect(stage.heads()).toMatchObject([{ incident, outcome: 'degraded' }]);
    expect(last(stage)?.tier).toBe('notice');
    expect(last(stage)?.body).toMatch(/of its tasks did not come up/);
    expect(last(stage)?.body).toContain('pointed it at task-definition/checkout-api:87 again');
    expect(await stage.undo(incident)).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('put back') });
  });

  it('is left where its circuit breaker has put it back', async () => {
    await using stage = await opened({
      image: { needs: ['privileged'] },
      service: { circuitBreaker: { enable: true, rollback: true } },
    });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(running(stage)).toEqual([87, 87]);
    expect(last(stage)?.body).toContain('was put back onto task-definition/checkout-api:87 already');
    const calls = stage.account.trail.filter(({ action }) => action === 'ecs:UpdateService');
    expect(calls).toHaveLength(1);
  });

  it('is put back where its circuit breaker only stops the deployment', async () => {
    await using stage = await opened({
      image: { needs: ['privileged'] },
      service: { circuitBreaker: { enable: true, rollback: false } },
    });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(running(stage)).toEqual([87, 87]);
    expect(stage.heads()).toMatchObject([{ outcome: 'degraded' }]);
  });

  it('makes one copy for two services, and both run it', async () => {
    const service = { taskDefinition: revision, desiredCount: 1, launchType: 'EC2' };
    await using stage = await opened({
      cluster: { services: ['checkout', 'checkout-batch'].map((name) => ({ name, ...service })) },
    });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(running(stage)).toEqual([88, 88]);
    expect(revisions(stage)).toEqual([revision, 'checkout-api:88']);
  });

  it('is not deployed over what somebody is deploying', async () => {
    await using stage = await opened({
      service: { deploying: { taskDefinition: revision } },
      image: { needs: [], exits: true },
    });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.pass(120);
    expect(revisions(stage)).toEqual([revision]);
    expect(last(stage)?.body).toContain('somebody is deploying it: that ends first');
  });

  it.each([
    ['CodeDeploy deploys it', { deploymentController: 'CODE_DEPLOY' }],
    ['an external controller deploys it', { deploymentController: 'EXTERNAL' }],
    ['it is a daemon', { schedulingStrategy: 'DAEMON', desiredCount: undefined }],
    ['it wants no tasks', { desiredCount: 0, deployedAt: '2026-11-01T00:00:00Z' }],
  ])('waits for a person where %s', async (why, service) => {
    await using stage = await opened({ service });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(revisions(stage)).toEqual([revision]);
    expect(stage.heads()).toMatchObject([{ incident, outcome: 'held' }]);
    expect(last(stage)?.body).toContain(why);
  });

  it('waits for a person where its last deployment has failed: nobody knows whether it would come up anyway', async () => {
    await using stage = await opened({
      image: { needs: ['root'] },
      service: { circuitBreaker: { enable: true }, deploying: { taskDefinition: revision } },
      container: { user: '1000' },
    });
    await stage.settle();
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(revisions(stage)).toEqual([revision]);
    expect(last(stage)?.body).toContain('its last deployment has failed');
  });

  it('waits for a person where a deployment would start another image, because the tag has moved', async () => {
    await using stage = await opened({ service: { digests: { 'checkout-api': `sha256:${'6'.repeat(64)}` } } });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(revisions(stage)).toEqual([revision]);
    expect(last(stage)?.body).toContain('the tag of checkout-api points to another image by now');
  });

  it('tells what else starts the revision: a rule, and a task that no service keeps', async () => {
    await using stage = await opened({
      cluster: {
        tasks: [{ id: 'f'.repeat(32), taskDefinition: revision, ec2InstanceId: 'i-0ab12cd34ef567890' }],
        scheduledTasks: [{ name: 'nightly', schedule: 'rate(1 day)', taskDefinition: revision }],
      },
    });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(deployed(stage).revision).toBe(88);
    expect(last(stage)?.body).toContain('is run by rule/nightly, too: that is not changed.');
    expect(last(stage)?.body).toContain('is run by 1 task in prod that no service keeps, too: that is not changed.');
  });

  it('says that nobody runs it where no service does', async () => {
    await using stage = await opened({ cluster: { services: [] } });
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(stage.heads()).toMatchObject([{ incident, outcome: 'observed' }]);
    expect(last(stage)?.body).toContain('no service is known to run a revision of that family');
  });

  it('keeps what somebody deployed while the copy came up', async () => {
    await using stage = await opened({
      image: { needs: ['privileged'] },
    });
    finds(stage, 'ecs-containers-nonprivileged');
    while (deployed(stage).revision !== 88) await stage.pass(1);
    await asAdministrator(stage, ECSClient, (ecs) =>
      ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'checkout', taskDefinition: revision })),
    );
    await stage.settle();
    expect(running(stage)).toEqual([87, 87]);
    expect(stage.account.trail.filter(({ action }) => action === 'ecs:UpdateService')).toHaveLength(2);
  });
});

describe('a definition that lets a container do what it need not', () => {
  it('has all fixed at once that findings ask for, and nothing that none asks for', async () => {
    await using stage = await opened({}, '{ user: "1000:1000" }');
    finds(stage, 'ecs-task-definition-nonroot-user', 'ecs-containers-readonly-access');
    await stage.settle();
    const [container] = deployed(stage).containers;
    expect(container).toMatchObject({ user: '1000:1000', readonlyRootFilesystem: true, privileged: true });
  });

  it('is left as root where the rule names no other user', async () => {
    await using stage = await opened({});
    finds(stage, 'ecs-task-definition-linux-user-non-root');
    await stage.settle();
    expect(revisions(stage)).toEqual([revision]);
    expect(last(stage)?.body).toContain('the rule names no user instead');
  });

  it('does not see the processes of its host any more, and writes a log', async () => {
    await using stage = await opened({ definition: { pidMode: 'host' } }, '{ logGroup: /ecs/shop }');
    finds(stage, 'ecs-task-definition-pid-mode-check', 'ecs-task-definition-log-configuration');
    await stage.settle();
    const { settings, containers } = deployed(stage);
    expect(settings.pidMode).toBeUndefined();
    expect(containers[0]?.logConfiguration).toEqual({
      logDriver: 'awslogs',
      options: {
        'awslogs-group': '/ecs/shop',
        'awslogs-region': 'us-east-1',
        'awslogs-stream-prefix': 'checkout-api',
      },
    });
  });

  it('is left in the network of its host, which is said', async () => {
    await using stage = await opened({ definition: { networkMode: 'host' } });
    finds(stage, 'ecs-task-definition-network-mode-not-host');
    await stage.settle();
    expect(revisions(stage)).toEqual([revision]);
    expect(last(stage)?.body).toContain('it is in the network of its host');
  });

  it('has what can be fixed fixed, and the rest is said', async () => {
    await using stage = await opened({ definition: { networkMode: 'host' } });
    finds(stage, 'ecs-task-definition-network-mode-not-host', 'ecs-containers-nonprivileged');
    await stage.settle();
    expect(deployed(stage)).toMatchObject({ revision: 88, settings: { networkMode: 'host' } });
    expect(last(stage)?.body).toContain('it is in the network of its host');
  });

  it('is not touched before somebody has approved it', async () => {
    await using stage = await opened({}, '{ user: "1000" }', 'approval: { when: [always] }');
    finds(stage, 'ecs-task-definition-nonroot-user');
    await stage.pass(300);
    expect(revisions(stage)).toEqual([revision]);
    expect(last(stage)?.body).toContain('checkout-api as user 1000');
  });

  it('is mended once more where another finding comes after the first was', async () => {
    await using stage = await opened({});
    finds(stage, 'ecs-containers-nonprivileged');
    await stage.settle();
    finds(stage, 'ecs-containers-readonly-access');
    await stage.settle();
    expect(deployed(stage).containers[0]).toMatchObject({ privileged: false, readonlyRootFilesystem: true });
    expect(running(stage)).toEqual([89, 89]);
    expect(await stage.undo(incident)).toMatchObject({ kind: 'opened' });
    await stage.settle();
    expect(running(stage)).toEqual([87, 87]);
  });
});
