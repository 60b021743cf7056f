import { expect, it } from 'vitest';
import { faults } from '../../../sandbox/faults/faults.ts';
import { tellCompliance } from '../../../sandbox/services/ssm/patches/complianceEvent.ts';
import { part } from '../threats/faulty.ts';
import { host, incident, openGround } from './ground.ts';

it('a host is drained, patched, rebooted, verified and takes tasks again, by event and not by its waits', async () => {
  await using ground = await openGround();
  ground.find();
  await ground.over(15);
  expect(ground.outcome()).toBe('contained');
  expect(ground.status()).toBe('ACTIVE');
  expect([...ground.node().patches.values()].map(({ state }) => state)).toEqual(['Installed', 'Installed']);
  const { drain, patch, activate } = ground.receipts();
  // What Systems Manager says of it meanwhile leads to another round, which finds what was waited for done.
  for (const one of [drain, patch]) expect(['waiting', 'done']).toContain(one?.state);
  expect(activate?.state).toBe('done');
  expect([drain, patch, activate].map((one) => one?.verified?.state)).toEqual(['holds', 'holds', 'holds']);
  // The waits are 15 minutes and more than an hour.
  expect(ground.took()).toBeLessThan(12 * 60);
  const [command, ...more] = ground.sent();
  expect(more).toEqual([]);
  expect(command).toMatchObject({
    documentName: 'AWS-RunPatchBaseline',
    parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'], StepTimeoutSeconds: ['3600'] },
  });
  expect(command?.comment).toMatch(/^Firebreak ssm\.patch-hosts [0-9a-f]{32}$/);
  const { tier, subject, body } = ground.onlyTold();
  expect(tier).toBe('digest');
  expect(subject).toBe(`NO ACTION: ${host} fixed, us-east-1 123456789012`);
  expect(part(body, 'What was done')).toContain('0 missing, 0 failed, 0 awaiting a reboot (Install');
  expect(part(body, 'How to undo')).toBe(
    'ssm.patch-hosts cannot be undone: The host takes tasks again, as before. A patch that is installed is not taken out again.',
  );
});

it('a host that Systems Manager finds is told as patched, though Systems Manager has closed that when the run ends', async () => {
  await using ground = await openGround();
  // So that what Systems Manager says of the patched host is taken in before the host takes tasks again.
  faults(ground.stage.account).push(({ operation }) =>
    operation === 'UpdateContainerInstancesState' ? { kind: 'slow', ms: 5_000 } : undefined,
  );
  const { report } = ground.node();
  if (report === undefined) throw new Error('It has reported no patches');
  tellCompliance(ground.stage.account, ground.node(), report);
  await ground.over(15);
  expect(ground.stage.records().map(({ result }) => result)).toEqual(['accepted', 'accepted']);
  expect([ground.outcome(), ground.status()]).toEqual(['contained', 'ACTIVE']);
  const { tier, subject, body } = ground.onlyTold();
  expect([tier, subject]).toEqual(['digest', `NO ACTION: ${host} fixed, us-east-1 123456789012`]);
  expect(part(body, 'What was done')).toContain('0 missing, 0 failed, 0 awaiting a reboot (Install');
  await ground.stage.pass(60);
  expect(ground.stage.table().filter((item) => item['turn'] !== undefined && 'ownerIncident' in item)).toEqual([]);
});

it('a host on which more is found while it is patched is told as patched', async () => {
  await using ground = await openGround({ ssm: { commands: [{ seconds: 120 }] } });
  ground.find();
  await ground.until(() => ground.sent().length > 0);
  ground.find();
  await ground.over(15);
  expect([ground.outcome(), ground.status()]).toEqual(['contained', 'ACTIVE']);
  expect(ground.sent()).toHaveLength(1);
  expect(part(ground.onlyTold().body, 'What was done')).toContain('0 missing, 0 failed, 0 awaiting a reboot (Install');
});

it('a host that is patched is left alone by what is found on it afterwards, and its incident closes', async () => {
  await using ground = await openGround();
  ground.find();
  await ground.over(15);
  ground.find();
  await ground.over(15);
  expect(ground.sent()).toHaveLength(1);
  expect(ground.outcome()).toBe('contained');
  expect(ground.stage.calls('ecs:UpdateContainerInstancesState')).toBe(2);
  expect(ground.told()).toHaveLength(1);
  expect(await ground.stage.undo(incident)).toMatchObject({
    kind: 'nothing',
    reason: expect.stringContaining('A patch that is installed is not taken out again.'),
  });
  await ground.stage.pass(25 * 3600);
  expect(ground.stage.heads()).toMatchObject([{ incident, state: 'closed' }]);
});

it('a host that lacks a patch again later is drained and patched again', async () => {
  await using ground = await openGround();
  ground.find();
  await ground.over(15);
  await ground.stage.pass(26 * 3600);
  const [kernel] = [...ground.node().patches.values()];
  if (kernel === undefined) throw new Error('It has no patch');
  ground.node().patches.set('glibc.x86_64', { ...kernel, id: 'glibc.x86_64', state: 'Missing' });
  ground.find();
  await ground.over(15);
  expect(ground.sent()).toHaveLength(2);
  expect(ground.node().patches.get('glibc.x86_64')?.state).toBe('Installed');
  expect([ground.outcome(), ground.status()]).toEqual(['contained', 'ACTIVE']);
});

it('of an Auto Scaling group it is told that the image is still old', async () => {
  await using ground = await openGround({ host: { autoScalingGroup: 'web' } });
  ground.find();
  await ground.over(15);
  expect(ground.outcome()).toBe('contained');
  expect(part(ground.onlyTold().body, 'What is still open')).toBe(
    `${host} is of Auto Scaling group web: its image is still old, and a new instance starts without the patches. Build a new image, and refresh the instances.`,
  );
});

it('a host of no cluster is patched without draining', async () => {
  await using ground = await openGround({ alone: true });
  ground.find();
  await ground.over(15);
  expect(ground.outcome()).toBe('contained');
  expect(Object.keys(ground.receipts())).toEqual(['drain', 'patch']);
  expect(ground.stage.calls('ecs:UpdateContainerInstancesState')).toBe(0);
  expect([...ground.node().patches.values()].map(({ state }) => state)).toEqual(['Installed', 'Installed']);
});

it('a host on which nothing is missing is left alone', async () => {
  await using ground = await openGround({ ssm: { patches: [{ id: 'kernel.x86_64', state: 'Installed' }] } });
  ground.find();
  await ground.over(10);
  expect(ground.outcome()).toBe('observed');
  expect(ground.sent()).toEqual([]);
  expect(ground.onlyTold().body).toContain('nothing is left to install');
});
