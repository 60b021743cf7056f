import { describe, expect, it } from 'vitest';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import { accused, justBefore, moveTag, orders, protect, repository, rollOut, startTask } from './orders.ts';
import { openStage, type Stage } from './stage.ts';

const act = 'firebreak-dev-act';

/** The whole account's story of one scan. */
async function scanned(stage: Stage): Promise<{ readonly said: string; readonly statuses: readonly string[] }> {
  stage.scan(accused);
  await stage.settle();
  const told = stage.told();
  expect(told).toHaveLength(1);
  return { said: `${told[0]?.subject}\n${told[0]?.body}`, statuses: Object.values(stage.statuses(repository)) };
}

describe('an image that nothing uses', () => {
  it('is archived, and each message says whose it is and how that is known', async () => {
    await using stage = await openStage({ world: orders({}, { team: 'orders' }) });
    const { said, statuses } = await scanned(stage);
    expect(stage.head(accused).outcome).toBe('contained');
    expect(statuses.toSorted()).toEqual(['ACTIVE', 'ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(said).toContain('Owner orders (tag team)');
    expect(said).toContain('not looked at: Step Functions, Batch');
    await stage.undo(accused);
    await stage.settle();
    expect(stage.told().at(-1)?.subject).toContain('undone');
    expect(stage.told().at(-1)?.body).toContain('Owner orders (tag team)');
  });
});

describe('what is held, with the reason, and not touched', () => {
  it('a rule that would start it', async () => {
    const rule = { name: 'monthly', schedule: 'cron(0 3 1 * ? *)', taskDefinition: 'api:2' };
    await using stage = await openStage({ world: orders({ scheduledTasks: [rule] }) });
    const { said, statuses } = await scanned(stage);
    expect(stage.head(accused).outcome).toBe('held');
    expect(said).toContain('in use: rule/monthly (by task-definition/api:2) uses it');
    expect(new Set(statuses)).toEqual(new Set(['ACTIVE']));
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);
  });

  it('a schedule that would start it', async () => {
    const schedule = { name: 'yearly', group: 'jobs', state: 'DISABLED', taskDefinition: 'api' };
    await using stage = await openStage({ world: orders({ taskSchedules: [schedule] }) });
    const { said } = await scanned(stage);
    expect(stage.head(accused).outcome).toBe('held');
    expect(said).toContain('in use: schedule/jobs/yearly (by task-definition/api) uses it');
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);
  });

  it.each([
    ['a pod that runs it', true, 'in use: eks/prod-eks/shop/'],
    ['a cluster that does not let us in', false, 'EKS cluster prod-eks: access denied (Unauthorized)'],
  ])('%s', async (_what, letIn, reason) => {
    const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repository}:2.0`;
    const workloads = letIn ? [{ namespace: 'shop', name: 'web', image }] : [];
    const entry = { role: 'firebreak-dev-us-east-1-responder', groups: [clusterGroup] };
    const cluster = { name: 'prod-eks', workloads, accessEntries: letIn ? [entry] : [] };
    await using stage = await openStage({ world: orders({}, {}, {}, [cluster]) });
    const { said } = await scanned(stage);
    expect(stage.head(accused).outcome).toBe('held');
    expect(said).toContain(reason);
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);
  });

  it('a repository that is tagged as protected', async () => {
    await using stage = await openStage({ world: orders({}, { owner: 'ann', 'firebreak:protected': 'true' }) });
    const { said } = await scanned(stage);
    expect(stage.head(accused).outcome).toBe('held');
    expect(said).toContain('counts as protected (tag firebreak:protected)');
    expect(said).toContain('Owner ann (tag owner)');
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);
  });
});

describe('what changes between deciding and acting', () => {
  it.each([
    ['a service is rolled out with it', rollOut, 'service/prod/api'],
    ['a tag that a service deploys is moved onto it', moveTag, 'service/prod/api'],
    ['the repository is protected', protect, 'counts as protected (tag firebreak:protected)'],
  ])('%s: decided again, and held', async (_what, happen, reason) => {
    await using stage = await openStage({ world: orders() });
    // The first call of Act: its session for the evidence, when the plan is stored already.
    justBefore(stage, act, 'AssumeRole', happen);
    const { said, statuses } = await scanned(stage);
    expect(stage.head(accused)).toMatchObject({ state: 'resting', outcome: 'held' });
    expect(stage.receipts().map(({ state }) => state)).toContain('stale');
    expect(said).toContain(reason);
    expect(new Set(statuses)).toEqual(new Set(['ACTIVE']));
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);
  });

  it('a task that starts when it was looked at for the last time is found by reading back, and pages', async () => {
    await using stage = await openStage({ world: orders() });
    justBefore(stage, act, 'UpdateImageStorageClass', startTask);
    const { said } = await scanned(stage);
    expect(stage.head(accused).outcome).toBe('not-contained');
    expect(stage.told()[0]?.tier).toBe('page');
    expect(said).toContain('task/prod/late runs it');
  });
});
