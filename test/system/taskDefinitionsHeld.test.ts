import { describe, expect, it } from 'vitest';
import { deployed, finds, incident, last, opened, revision, revisions } from './taskDefinitions.ts';

describe('a definition with a privileged container', () => {
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
});
