import { expect, it } from 'vitest';
import { patchHosts as action } from '../../../shared/actions/patchHosts/patchHosts.ts';
import { host, incident, openGround } from './ground.ts';

it('a host that somebody drains already is patched once it is empty, and stays drained', async () => {
  await using ground = await openGround({ host: { status: 'DRAINING' } });
  await ground.stage.pass(180);
  ground.find();
  await ground.over(15);
  expect([ground.outcome(), ground.status()]).toEqual(['contained', 'DRAINING']);
  expect(Object.keys(ground.receipts())).toEqual(['drain', 'patch']);
  // Their own call, and none of ours.
  expect(ground.stage.calls('ecs:UpdateContainerInstancesState')).toBe(0);
  expect(ground.sent()).toHaveLength(1);
});

it('a host that somebody gives tasks while it is to be patched is not patched, and stays as they set it', async () => {
  await using ground = await openGround();
  ground.setWhen('ACTIVE', () => ground.receipts()['drain']?.verified?.state === 'holds');
  ground.find();
  await ground.over(10);
  expect(ground.sent()).toEqual([]);
  expect(ground.receipts()['patch']).toMatchObject({
    state: 'held',
    failed: expect.stringContaining('Somebody has changed back'),
  });
  expect([ground.outcome(), ground.status()]).toEqual(['held', 'ACTIVE']);
  expect(ground.onlyTold().tier).toBe('notice');
});

it('a host that somebody drained and gives tasks again while it is to be emptied is left to them', async () => {
  await using ground = await openGround({
    host: { status: 'DRAINING' },
    cluster: { tasks: [{ id: 'a'.repeat(32), taskDefinition: 'ledger:14', ec2InstanceId: host }] },
  });
  ground.find();
  await ground.until(() => ground.receipts()['drain']?.state === 'waiting');
  await ground.set('ACTIVE');
  await ground.over(25);
  expect(ground.sent()).toEqual([]);
  expect([ground.outcome(), ground.status()]).toEqual(['degraded', 'ACTIVE']);
  expect(ground.stage.calls('ecs:UpdateContainerInstancesState')).toBe(1);
});

it('an undo while it drains lets it take tasks again, and nothing is patched', async () => {
  await using ground = await openGround({
    cluster: { tasks: [{ id: 'a'.repeat(32), taskDefinition: 'ledger:14', ec2InstanceId: host }] },
  });
  ground.find();
  await ground.until(() => ground.status() === 'DRAINING');
  expect(await ground.stage.undo(incident)).toMatchObject({ kind: 'opened' });
  await ground.over(30);
  expect(ground.sent()).toEqual([]);
  // All that it declares to put back.
  const restored: { readonly [field: string]: unknown } = { status: ground.status() };
  expect(Object.keys(restored)).toEqual(action.restores);
  expect(restored).toEqual({ status: 'ACTIVE' });
  expect(ground.outcome()).toBe('undone');
});

it('an undo while it is patched gives it no tasks that a reboot would end', async () => {
  await using ground = await openGround({ ssm: { commands: [{ seconds: 600 }] } });
  ground.find();
  await ground.until(() => ground.sent().length > 0);
  await ground.stage.pass(60);
  await ground.stage.undo(incident);
  await ground.stage.pass(300);
  expect(ground.status()).toBe('DRAINING');
  await ground.over(30);
  expect(ground.status()).toBe('ACTIVE');
  const told = ground.stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
  expect(told[0]).toMatch(/^notice NO ACTION: .* undone,/);
  expect(ground.outcome()).toBe(told.length === 1 ? 'undone' : 'observed');
  // What Systems Manager reports of the host while the undo ends is a run of its own, and a line in the morning.
  expect(told.slice(1).filter((one) => !/^digest .* seen, nothing done,/.test(one))).toEqual([]);
});
