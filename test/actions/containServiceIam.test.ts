import { expect, test } from 'vitest';
import { containService as action } from '../../shared/actions/containService/containService.ts';
import { embeddedPlace, everything } from './embeddedPlace.ts';
import { embeddedTarget, withoutCopy } from './embeddedWorlds.ts';
import { liveThrough } from './life.ts';

const target = embeddedTarget('ecs-service');
const role = 'arn:aws:iam::123456789012:role/checkout';

async function chosenThere() {
  await using place = await embeddedPlace('ecs-service', everything, withoutCopy);
  const { planned } = await liveThrough(action, place);
  return planned.kind === 'step' ? planned.chosen : undefined;
}

test('a rollback without a copy registers nothing, and passes the roles of what it deploys and of what undo brings back', async () => {
  const chosen = await chosenThere();
  const { read, write } = action.permissions(target, chosen);
  expect(write.filter(({ action: call }) => call === 'iam:PassRole').map(({ resource }) => resource)).toEqual([
    role,
    `${role}-new`,
  ]);
  expect(write.map((one) => one.action)).not.toContain('ecs:RegisterTaskDefinition');
  await using place = await embeddedPlace('ecs-service', [...read, ...write], withoutCopy);
  const life = await liveThrough(action, place);
  expect(place.refused()).toEqual([]);
  expect(life).toMatchObject({
    verified: { state: 'holds' },
    later: [{ verified: { state: 'holds' } }],
    undone: { verified: { state: 'holds' } },
  });
});
