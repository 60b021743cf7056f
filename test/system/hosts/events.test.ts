import { expect, it } from 'vitest';
import { faults } from '../../../sandbox/faults/faults.ts';
import { putRawEvent } from '../../../sandbox/services/eventbridge/bus.ts';
import { eventsState } from '../../../sandbox/services/eventbridge/state.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { type Ground, openGround } from './ground.ts';

/** What came over the bus. */
const told = ({ stage }: Ground, status: string): JsonObject => ({
  version: '0',
  id: stage.account.random.uuid(),
  account: stage.account.id,
  region: stage.account.region,
  time: new Date(stage.account.clock.now()).toISOString(),
  source: 'aws.ssm',
  'detail-type': 'EC2 Command Status-change Notification',
  resources: [],
  detail: { 'command-id': '', 'document-name': 'AWS-RunPatchBaseline', status },
});

const ended = (ground: Ground, status = 'Success'): void => {
  const event = told(ground, status) as { detail: JsonObject };
  putRawEvent(ground.stage.account, {
    ...event,
    detail: { ...event.detail, 'command-id': ground.sent()[0]?.id ?? '' },
  } as JsonObject);
};

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
  putRawEvent(ground.stage.account, told(ground, 'Failed'));
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
