import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../cli/artifacts.ts';
import { hubEvent } from '../../finding/hubEvent.ts';
import { part } from './faulty.ts';
import { containing, isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { shell } from './threats.ts';
import { cleanDigest } from './world.ts';

const ruleAt = (path: string): string => readFileSync(join(root, path), 'utf8');

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(
    ['again', 'late', 'other', 'hold', 'forged'].map((name) => ({ name })),
    {
      rules: { containing, 'partner-findings': ruleAt('rules/partner-findings.yaml') },
    },
  );
});
afterAll(() => shop[Symbol.asyncDispose]());

const deployments = () => shop.stage.calls('ecs:UpdateService');
const show = (name: string) => shop.show(serviceIncident(name));

/** A miner in a task of the service, contained and told. Answers with the task. */
async function contained(name: string) {
  const task = await shop.find(name, {});
  await shop.settle();
  expect(shop.onlyTold().subject).toContain(`prod/${name} contained,`);
  return task;
}

/** One page says that it went on, and the service is contained again: in full, on its clean version, without that task. */
async function expectContainedAgain(name: string, since: string | null, gone: string): Promise<void> {
  const { tier, subject, body } = shop.onlyTold();
  expect(tier).toBe('page');
  expect(subject).toContain(`prod/${name} containment did not hold, contained again`);
  expect(part(body, 'What happened')).toContain(
    `The containment that was verified at ${since} did not hold: it went on afterwards.`,
  );
  expect(part(body, 'What was done')).toContain(`stopped task/prod/${gone.slice(-32)}`);
  const seen = await shop.service(name);
  expect(seen).toMatchObject({ desired: 2, taskDefinition: `${name}:1`, digests: [cleanDigest(name)] });
  expect(seen.tasks).toHaveLength(2);
  expect(seen.tasks.map(({ arn }) => arn)).not.toContain(gone);
  expect(isArchived(shop, name)).toBe(true);
  const record = await show(name);
  expect(record.plans.at(-1)?.breached).toBe(since);
  expect((record.containedAt ?? '') > (since ?? '')).toBe(true);
}

describe('activity after a verified containment', () => {
  it('of the same finding, in a new task: read again, one page says so, and it is contained again', async () => {
    await contained('again');
    const { containedAt } = await show('again');
    await shop.stage.pass(3600);
    const { arn } = await shop.find('again', { count: 2 });
    await shop.settle();
    await expectContainedAgain('again', containedAt, arn);
    expect(await show('again')).toMatchObject({ state: 'resting', outcome: 'degraded' });
  });

  it('of another kind, in a task of the clean version: that task is stopped, and the version is not accused for it', async () => {
    await contained('other');
    const { containedAt } = await show('other');
    const { arn } = await shop.find('other', { kind: shell, ago: 5 });
    await shop.settle();
    await expectContainedAgain('other', containedAt, arn);
  });

  it('that was before it and is reported late, or is of a task that is gone, tells nothing and changes nothing', async () => {
    const task = await contained('late');
    const made = deployments();
    const { containedAt } = await show('late');
    const since = (shop.stage.sandbox.clock.now() - Date.parse(containedAt ?? '')) / 1000;
    for (const ago of [since + 30, since - 30]) {
      await shop.find('late', { task, ago, count: Math.ceil(ago) });
      await shop.settle();
      expect(shop.told()).toEqual([]);
      expect(await show('late')).toMatchObject({ state: 'resting', outcome: 'contained' });
    }
    expect(deployments()).toBe(made);
    expect((await shop.service('late')).tasks).toHaveLength(2);
  });
});

/** Whoever may import findings of the account's own product can write this: a task of the service, seen just now. */
function importFinding(name: string, { arn, taskDefinition }: Awaited<ReturnType<Shop['find']>>): void {
  const { stage } = shop;
  const now = new Date(stage.sandbox.clock.now()).toISOString();
  const AwsEcsTask = { ClusterArn: arn.replace(/task\/(\w+)\/.*/, 'cluster/$1'), TaskDefinitionArn: taskDefinition };
  const changes = {
    ...{ Id: `forged ${now}`, ProductArn: 'arn:aws:securityhub:us-east-1:123456789012:product/123456789012/default' },
    ...{ Types: ['TTPs/x'], FirstObservedAt: now, LastObservedAt: now, CreatedAt: now, UpdatedAt: now },
    Severity: { Label: 'MEDIUM', Normalized: 50 },
    Resources: [
      { ...{ Type: 'AwsEcsTask', Id: arn }, Details: { AwsEcsTask: { ...AwsEcsTask, Group: `service:${name}` } } },
    ],
  };
  const around = { id: stage.account.random.uuid(), time: `${now.slice(0, 19)}Z` };
  stage.deliver(JSON.parse(JSON.stringify(hubEvent('sysdig-task', changes, around))));
}

describe('what only a rule that observes listens to', () => {
  it('stops nothing, and is no word against a containment or its rule', async () => {
    const name = 'forged';
    await contained(name);
    const { tasks } = await shop.service(name);
    const [healthy] = tasks;
    if (healthy === undefined) throw new Error('No task runs');
    importFinding(name, healthy);
    await shop.settle();
    expect(shop.stage.records().at(-1)).toMatchObject({ result: 'accepted', incident: serviceIncident(name) });
    expect((await shop.service(name)).tasks.map(({ arn }) => arn)).toEqual(tasks.map(({ arn }) => arn));
    expect(shop.told().filter(({ tier }) => tier === 'page')).toEqual([]);
    expect((await show(name)).plans.map(({ breached }) => breached ?? null)).not.toContainEqual(expect.any(String));
  });
});

describe('the finding again, after an undo', () => {
  const name = 'hold';

  it('is held and told, and nothing is changed', async () => {
    await contained(name);
    await shop.undo(serviceIncident(name));
    await shop.stage.pass(40 * 60);
    expect(shop.onlyTold().subject).toContain(`prod/${name} undone,`);
    const made = deployments();
    await shop.find(name, { count: 2 });
    await shop.settle();
    const { tier, subject, body } = shop.onlyTold();
    expect(tier).toBe('page');
    expect(subject).toContain(`prod/${name} held, needs you`);
    const { heldUntil, outcome } = await show(name);
    expect(outcome).toBe('held');
    expect(part(body, 'What happened')).toContain(
      `It was undone by a person: nothing is changed for this incident until ${heldUntil}.`,
    );
    expect(part(body, 'What was done')).not.toContain('ecs.contain-service');
    expect(deployments()).toBe(made);
    expect(isArchived(shop, name)).toBe(false);
  });
});
