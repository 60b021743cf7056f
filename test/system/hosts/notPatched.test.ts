import { expect, it } from 'vitest';
import { part } from '../threats/faulty.ts';
import { type GroundOptions, host, openGround } from './ground.ts';

const standalone = { tasks: [{ id: 'a'.repeat(32), taskDefinition: 'ledger:14', ec2InstanceId: host }] };

it('a host that is not emptied in time takes tasks again, is not patched, and is told in working hours', async () => {
  await using ground = await openGround({ cluster: standalone });
  ground.find();
  await ground.over(20);
  expect(ground.outcome()).toBe('degraded');
  expect(ground.status()).toBe('ACTIVE');
  expect(ground.sent()).toEqual([]);
  const { drain, patch, activate } = ground.receipts();
  expect(drain).toMatchObject({
    verified: { state: 'broken', seen: expect.stringContaining('not empty after 900 s: 1 tasks are left') },
  });
  expect(patch).toMatchObject({ state: 'skipped' });
  expect(activate).toMatchObject({ state: 'done', verified: { state: 'holds' } });
  expect(ground.took()).toBeGreaterThan(900);
  expect(ground.took()).toBeLessThan(1000);
  const { tier, subject, body } = ground.onlyTold();
  expect(tier).toBe('notice');
  expect(subject).toBe(`NO ACTION: ${host} NOT fixed, a step failed, us-east-1 123456789012`);
  expect(part(body, 'What was not done, and why')).toContain('It needs ssm.patch-hosts');
  expect(part(body, 'What you can do')).toContain('What was found is still there');
});

it.each<[string, GroundOptions, RegExp, number]>([
  ['whose command fails', { ssm: { commands: [{ exitCode: 1, stderr: 'no space left' }] } }, /ended as Failed/, 15],
  [
    'on which a patch fails',
    { ssm: { patches: [{ id: 'a' }, { id: 'b', installs: false }] } },
    /ended as Failed; patches: 0 missing, 1 failed/,
    15,
  ],
  ['that is not to be rebooted', { params: '{ reboot: never }' }, /A reboot is pending/, 15],
  [
    'that takes the command and is not heard of again',
    { ssm: { commands: [{ answers: false }] }, params: '{ patchTimeoutSeconds: 600 }' },
    /ended as TimedOut/,
    30,
  ],
])('a host %s is degraded, not done, and takes tasks again', async (_what, options, seen, minutes) => {
  await using ground = await openGround(options);
  ground.find();
  await ground.over(minutes);
  const { drain, patch, activate } = ground.receipts();
  expect(drain).toMatchObject({ verified: { state: 'holds' } });
  expect(patch).toMatchObject({ verified: { state: 'broken', seen: expect.stringMatching(seen) } });
  expect(activate).toMatchObject({ state: 'done', verified: { state: 'holds' } });
  expect([ground.outcome(), ground.status()]).toEqual(['degraded', 'ACTIVE']);
  expect(ground.onlyTold()).toMatchObject({
    tier: 'notice',
    subject: expect.stringContaining('NOT fixed, a step failed'),
  });
});

it('a host whose command failed is not drained again for what is found next; somebody is asked', async () => {
  await using ground = await openGround({ ssm: { commands: [{ exitCode: 1 }] } });
  ground.find();
  await ground.over(15);
  ground.find();
  await ground.over(15);
  expect(ground.sent()).toHaveLength(1);
  expect(ground.outcome()).toBe('held');
  expect(ground.told().at(-1)).toMatchObject({
    tier: 'notice',
    body: expect.stringContaining('It is not drained and patched again within six hours'),
  });
  await ground.stage.pass(6 * 3600);
  ground.find();
  await ground.over(15);
  expect(ground.sent()).toHaveLength(2);
});

it('a host that goes offline before the command reaches it is degraded, and takes tasks again', async () => {
  await using ground = await openGround({ params: '{ patchTimeoutSeconds: 600 }' });
  ground.find();
  await ground.until(() => ground.sent().length > 0);
  ground.node().ping = 'ConnectionLost';
  await ground.over(30);
  expect(ground.receipts()['patch']?.verified?.seen).toMatch(/ended as TimedOut \(DeliveryTimedOut\)/);
  expect([ground.outcome(), ground.status()]).toEqual(['degraded', 'ACTIVE']);
});

it('a host whose agent of ECS does not come back stays drained, and the message says so', async () => {
  await using ground = await openGround();
  ground.find();
  await ground.until(() => ground.node().ping !== 'Online');
  ground.down();
  await ground.over(45);
  const { patch, activate } = ground.receipts();
  expect(patch?.verified).toMatchObject({ state: 'pending', seen: expect.stringContaining('is not back') });
  expect(activate).toMatchObject({ state: 'failed', failed: expect.stringContaining('It stays DRAINING') });
  expect([ground.outcome(), ground.status()]).toEqual(['degraded', 'DRAINING']);
  expect(ground.onlyTold().tier).toBe('notice');
});

it.each<[string, GroundOptions, RegExp]>([
  ['offline', { ssm: { pingStatus: 'ConnectionLost' } }, /does not answer Systems Manager \(ConnectionLost\)/],
  ['unmanaged', { ssm: null }, /is not managed by Systems Manager/],
])('a host that is %s is held, so that somebody hears of it, and nothing is changed', async (_what, options, said) => {
  await using ground = await openGround(options);
  ground.find();
  await ground.over(5);
  expect(ground.outcome()).toBe('held');
  expect(ground.onlyTold()).toMatchObject({ tier: 'notice', body: expect.stringMatching(said) });
  expect([ground.status(), ground.sent()]).toEqual(['ACTIVE', []]);
});

it.each<[string, GroundOptions, RegExp]>([
  [
    'runs Bottlerocket',
    { ssm: { platform: { name: 'Bottlerocket' } } },
    /runs Bottlerocket, which is updated as a whole/,
  ],
  [
    'is managed by ECS',
    { host: { operator: 'ecs.amazonaws.com' } },
    /is managed by ecs\.amazonaws\.com, which replaces it/,
  ],
])('a host that %s is left out, with the reason', async (_what, options, said) => {
  await using ground = await openGround(options);
  ground.find();
  await ground.over(5);
  expect(ground.outcome()).toBe('observed');
  expect(ground.onlyTold()).toMatchObject({ tier: 'digest', body: expect.stringMatching(said) });
  expect([ground.status(), ground.sent()]).toEqual(['ACTIVE', []]);
});

it('a protected host waits for a person', async () => {
  await using ground = await openGround({ host: { tags: { 'firebreak:protected': 'true' } } });
  ground.find();
  await ground.over(5);
  expect(ground.outcome()).toBe('held');
  expect(ground.onlyTold().body).toContain('counts as protected (tag firebreak:protected)');
  expect(ground.status()).toBe('ACTIVE');
});

it.each(['drain', 'patch'])('a host that is gone while it is to %s is done with', async (when) => {
  await using ground = await openGround({ cluster: when === 'drain' ? standalone : {} });
  ground.find();
  await ground.until(() => (when === 'drain' ? ground.status() === 'DRAINING' : ground.sent().length > 0));
  ground.terminate();
  await ground.over(100);
  expect(ground.outcome()).toBe('contained');
  expect(Object.values(ground.receipts()).map(({ verified }) => verified?.seen)).toContain('It is not there any more.');
});
