import { expect, it } from 'vitest';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { firebreak } from './firebreak.ts';
import { plain, plainImages } from './plainImages.ts';
import { openStage, type Stage } from './stage.ts';

async function approve({ account }: Stage): Promise<void> {
  const { accessKeyId, secretAccessKey } = rootCredentials(account);
  const { endpoint, region } = account;
  const env = {
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: region },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  };
  const [, hash = ''] = /rules approve ([0-9a-f]{12})/.exec((await firebreak(['rules', 'approve'], { env })).out) ?? [];
  expect(await firebreak(['rules', 'approve', hash, '--by', 'ann'], { env })).toMatchObject({ exit: 0 });
}

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
  const [stopped, ...told] = stage.told();
  expect(stopped?.subject).toBe('NO ACTION: rules contain less, Firebreak dev');
  expect(told.map(({ body }) => body.includes('Would do: ecr.quarantine-image'))).toEqual([true]);
  expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);

  settings('observeOnly: false');
  await stage.pass(60);
  // To stop waits for nobody; to let every rule act again is for a person to say.
  await approve(stage);
  await stage.pass(60);
  stage.scan(plain('b'));
  await stage.settle();
  expect(stage.statuses(plain('b').repository)).toEqual({ [plain('b').digest]: 'ARCHIVED' });
});
