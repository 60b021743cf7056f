import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { type Ground, type GroundOptions, host, incident, openGround } from './ground.ts';

/** The example, without asking anybody: who is asked, and what becomes of it, other tests say. */
const example = readFileSync(new URL('../../../examples/rules/host-drained.yaml', import.meta.url), 'utf8').replace(
  /^approval:.*\n/m,
  '',
);
const rule = (drain = '- ecs.drain-host', more = ''): string => example.replace('- ecs.drain-host', `${drain}${more}`);
const rules = (text = rule()) => ({ 'host-drained': text });
const patchedToo = rules(rule('- ecs.drain-host', '\n  - ssm.patch-hosts'));
const task = 'a'.repeat(32);
const standalone = { tasks: [{ id: task, taskDefinition: 'ledger:14', ec2InstanceId: host }] };
const update = 'ecs:UpdateContainerInstancesState';
const stuck = { minimumHealthyPercent: 100, maximumPercent: 100 };

/** Names of the tasks on the host: their services, and the ids of those of none. */
const on = ({ stage }: Ground): readonly string[] =>
  [...(clusters(stage.account).get('prod')?.tasks.values() ?? [])]
    .filter((one) => one.host?.ec2InstanceId === host && one.status !== 'STOPPED')
    .map(({ id, group }) => (group.startsWith('service:') ? group : id));
const bodies = (ground: Ground): string =>
  ground
    .told()
    .map(({ body }) => body)
    .join('\n');

async function found(options: GroundOptions = {}, minutes = 25): Promise<Ground> {
  const ground = await openGround({ rules: rules(), ...options });
  ground.find();
  await ground.over(minutes);
  return ground;
}

describe('a host with a weakness that is exploited', () => {
  it('is drained, its services run elsewhere, and nobody is told as put out; an undo lets it take tasks', async () => {
    await using ground = await found();
    expect([ground.status(), on(ground), ground.outcome()]).toEqual(['DRAINING', [], 'observed']);
    expect(ground.took()).toBeLessThan(300);
    expect(ground.onlyTold().tier).toBe('notice');
    expect(bodies(ground)).toContain('Nobody is put out by a drain');
    expect(bodies(ground)).toContain('no task is left there');
    expect(await ground.stage.undo(incident)).toMatchObject({ kind: 'opened' });
    await ground.over(10);
    expect([ground.status(), ground.outcome()]).toEqual(['ACTIVE', 'undone']);
  });

  it('keeps a task of no service, which is told and never stopped', async () => {
    await using ground = await found({ cluster: standalone });
    expect([ground.status(), on(ground), ground.outcome()]).toEqual(['DRAINING', [task], 'observed']);
    expect(bodies(ground)).toContain(`1 task of no service is left there, and not stopped: ${task}`);
    expect(ground.stage.calls('ecs:StopTask')).toBe(0);
  });

  it('that is not empty when its time is over drains on, and is told with what is left', async () => {
    const text = rule('- ecs.drain-host: { standaloneTasks: wait, drainTimeoutSeconds: 600 }');
    await using ground = await found({ cluster: standalone, rules: rules(text) });
    expect([ground.status(), ground.outcome()]).toEqual(['DRAINING', 'not-contained']);
    expect(ground.took()).toBeGreaterThan(600);
    expect(ground.took()).toBeLessThan(700);
    expect(bodies(ground)).toContain(`is not empty after 600 s, 1 task left: task ${task}`);
  });

  it.each<[string, GroundOptions, string]>([
    ['whose service can never leave it', { service: stuck }, 'neither fewer nor more than 2 tasks'],
    [
      'with a task of no service, where the rule wants that asked,',
      { cluster: standalone, rules: rules(rule('- ecs.drain-host: { standaloneTasks: hold }')) },
      'which a drain does not move',
    ],
    ['that is protected', { host: { tags: { 'firebreak:protected': 'yes' } } }, 'protected'],
  ])('%s is left as it is, with the reason', async (_what, options, reason) => {
    await using ground = await found(options);
    expect([ground.status(), ground.outcome(), ground.stage.calls(update)]).toEqual(['ACTIVE', 'held', 0]);
    expect(bodies(ground)).toContain(reason);
  });

  it('that somebody drains is nothing to do, and not ours to take back', async () => {
    await using ground = await found({ host: { status: 'DRAINING' } });
    expect(ground.stage.calls(update)).toBe(0);
    expect(await ground.stage.undo(incident)).toMatchObject({ kind: 'nothing' });
    expect(ground.status()).toBe('DRAINING');
  });

  it('that somebody lets take tasks again is left to them', async () => {
    await using ground = await found();
    await ground.set('ACTIVE');
    await ground.stage.undo(incident);
    await ground.stage.pass(300);
    expect([ground.status(), ground.stage.calls(update)]).toEqual(['ACTIVE', 2]);
  });

  it('that is terminated while it drains is over', async () => {
    await using ground = await openGround({ rules: rules(), cluster: standalone });
    ground.find();
    await ground.until(() => ground.status() === 'DRAINING');
    ground.terminate();
    await ground.over(25);
    expect(ground.receipts()['drain']?.verified?.seen).toBe('It is not there any more.');
    expect(ground.outcome()).toBe('observed');
  });

  it('on which two rules ask for it is drained once', async () => {
    const second = rule().replace('name: host-drained', 'name: host-drained-too').replace('order: 59', 'order: 58');
    await using ground = await openGround({ rules: { ...rules(), 'host-drained-too': second } });
    ground.find();
    ground.find();
    await ground.over(25);
    expect([ground.status(), ground.stage.calls(update)]).toEqual(['DRAINING', 1]);
  });
});

describe('a host that is to be patched, too', () => {
  it('is emptied once, by the patch, which lets it take tasks again when it is patched and not before', async () => {
    await using ground = await found({ rules: patchedToo });
    expect(ground.sent()).toHaveLength(1);
    expect([ground.status(), ground.outcome()]).toEqual(['ACTIVE', 'contained']);
    const calls = ground.stage.account.trail.map(({ action }) => action);
    expect(calls.filter((action) => [update, 'ssm:SendCommand'].includes(action))).toEqual([
      update,
      'ssm:SendCommand',
      update,
    ]);
    expect(Object.keys(ground.receipts())).toEqual(['drain', 'patch', 'activate']);
  });

  it('is neither drained nor patched where it could never be empty', async () => {
    await using ground = await found({ rules: patchedToo, service: stuck });
    expect([ground.status(), ground.outcome(), ground.stage.calls(update)]).toEqual(['ACTIVE', 'held', 0]);
    expect(ground.sent()).toEqual([]);
    expect(bodies(ground)).toContain('it would never be empty');
  });

  it('is left as it is where nothing is left to install', async () => {
    await using ground = await found({ rules: patchedToo, ssm: { patches: [] } });
    expect([ground.status(), ground.stage.calls(update)]).toEqual(['ACTIVE', 0]);
  });
});
