import { expect, it } from 'vitest';
import { faults } from '../../../sandbox/faults/faults.ts';
import { eventsState } from '../../../sandbox/services/eventbridge/state.ts';
import { type Ground, openGround } from './ground.ts';
import { commandEnded } from './wakes.ts';

/** The command of the host has ended, it is said. */
const ended = ({ stage, sent }: Ground): void => stage.deliver(commandEnded(stage, sent()[0]?.id ?? ''));

it('that never comes costs time, and nothing else', async () => {
  await using ground = await openGround({ params: '{ patchTimeoutSeconds: 600 }' });
  for (const rule of eventsState(ground.stage.account).rules.values()) {
    if (/CommandEnded|HostDrains/.test(rule.name)) eventsState(ground.stage.account).rules.delete(rule.name);
  }
  ground.find();
  await ground.over(50);
  expect([ground.outcome(), ground.status()]).toEqual(['contained', 'ACTIVE']);
  expect(ground.sent()).toHaveLength(1);
  expect(ground.took()).toBeGreaterThan(900 + 1320);
});

it('that comes early changes nothing', async () => {
  await using ground = await openGround({ ssm: { commands: [{ seconds: 300 }] } });
  ground.find();
  await ground.until(() => ground.receipts()['patch']?.state === 'waiting');
  ended(ground);
  await ground.over(20);
  expect([ground.outcome(), ground.status()]).toEqual(['contained', 'ACTIVE']);
  expect(ground.sent()).toHaveLength(1);
});

it('that comes before the token is stored changes nothing', async () => {
  await using ground = await openGround({
    ssm: { commands: [{ seconds: 0, exitCode: 1 }] },
    params: '{ patchTimeoutSeconds: 600 }',
  });
  ground.find();
  await ground.over(50);
  expect([ground.outcome(), ground.status()]).toEqual(['degraded', 'ACTIVE']);
});

it('that comes twice, and of which nobody knows, changes nothing', async () => {
  await using ground = await openGround();
  ground.find();
  await ground.until(() => ground.receipts()['patch']?.verified?.state === 'holds');
  for (const _time of [1, 2]) ended(ground);
  ground.stage.deliver(commandEnded(ground.stage, 'nobody-knows-it', 'Failed'));
  await ground.over(10);
  expect([ground.outcome(), ground.status()]).toEqual(['contained', 'ACTIVE']);
  expect(ground.told()).toHaveLength(1);
});

it('of which the first was lost on its way to the table is found by the command, which is not sent twice', async () => {
  await using ground = await openGround();
  let hit = false;
  faults(ground.stage.account).push(({ operation, functionName }) => {
    if (hit || operation !== 'SendCommand' || functionName !== 'firebreak-dev-act') return undefined;
    hit = true;
    return 'lost-after';
  });
  ground.find();
  await ground.over(20);
  expect(hit).toBe(true);
  expect(ground.sent()).toHaveLength(1);
  expect([ground.outcome(), ground.status()]).toEqual(['contained', 'ACTIVE']);
});
