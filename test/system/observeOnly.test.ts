import { expect, it } from 'vitest';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { plain, plainImages } from './plainImages.ts';
import { openStage } from './stage.ts';

it('settings that only observe stop every change within a minute, and what the rules say is there again afterwards', async () => {
  await using stage = await openStage({ world: plainImages });
  const settings = (value: string): void =>
    void putParameter(stage.account, { name: '/firebreak/dev/settings', value });
  settings('observeOnly: true');
  await stage.pass(60);
  stage.scan(plain('a'));
  await stage.settle();
  expect(stage.statuses(plain('a').repository)).toEqual({ [plain('a').digest]: 'ACTIVE' });
  expect(stage.head(plain('a'))).toMatchObject({ outcome: 'observed' });
  expect(stage.told().map(({ body }) => body.includes('Would do: ecr.quarantine-image'))).toEqual([true]);
  expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);

  settings('observeOnly: false');
  await stage.pass(60);
  stage.scan(plain('b'));
  await stage.settle();
  expect(stage.statuses(plain('b').repository)).toEqual({ [plain('b').digest]: 'ARCHIVED' });
});
