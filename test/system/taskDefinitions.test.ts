import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { taskDefinitions } from '../../sandbox/services/ecs/state.ts';
import { asAdministrator } from './asAdministrator.ts';
import {
  deployed,
  finds,
  incident,
  last,
  logsOf,
  opened,
  revision,
  revisions,
  running,
  secret,
} from './taskDefinitions.ts';

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

  const routing = `{ logGroup: /ecs/router, firelens: { image: "public.ecr.aws/fluent-bit@sha256:${'f'.repeat(64)}", options: { Name: cloudwatch_logs } } }`;

  it('has its log routed, by a router with a log of its own, until it is undone', async () => {
    await using stage = await opened({}, routing);
    finds(stage, 'ecs-task-definition-log-configuration');
    await stage.settle();
    expect(running(stage)).toEqual([88, 88]);
    expect(deployed(stage).containers).toMatchObject([
      {
        dependsOn: [{ containerName: 'firebreak-log-router', condition: 'START' }],
        logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'cloudwatch_logs' } },
      },
      { name: 'firebreak-log-router', logConfiguration: { options: { 'awslogs-group': '/ecs/router' } } },
    ]);
    expect(last(stage)?.subject).toContain(' fixed, ');
    expect(await stage.undo(incident)).toMatchObject({ kind: 'opened' });
    await stage.settle();
    expect(running(stage)).toEqual([87, 87]);
  });

  it('has no log routed by an image of a registry that the settings do not approve', async () => {
    await using stage = await opened({}, routing, '', 'images: { registries: [docker.io] }\n');
    finds(stage, 'ecs-task-definition-log-configuration');
    await stage.settle();
    expect(revisions(stage)).toEqual([revision]);
    expect(last(stage)?.body).toContain('the image of the log router is from no approved registry');
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
