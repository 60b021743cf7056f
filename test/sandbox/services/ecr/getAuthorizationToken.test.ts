import type { GetAuthorizationTokenResponse } from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import { getAuthorizationToken } from '../../../../sandbox/services/ecr/getAuthorizationToken.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { runOn } from '../runOn.ts';

const fake = fakeAccount();
const token = (input: object): Promise<GetAuthorizationTokenResponse> => runOn(fake)(getAuthorizationToken, input);

it('is what docker login takes, for the registry of the account, for twelve hours', async () => {
  const [data] = (await token({})).authorizationData ?? [];
  expect(Buffer.from(data?.authorizationToken ?? '', 'base64').toString()).toMatch(/^AWS:[0-9a-f]{64}$/);
  expect(data?.proxyEndpoint).toBe('https://123456789012.dkr.ecr.eu-west-1.amazonaws.com');
  expect(data?.expiresAt?.getTime()).toBe(fake.clock.now() + 12 * 3_600_000);
});

it('is one for each registry that is named, up to ten account ids', async () => {
  const { authorizationData } = await token({ registryIds: ['123456789012', '999999999999'] });
  expect(authorizationData?.map(({ proxyEndpoint }) => proxyEndpoint)).toEqual([
    'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    'https://999999999999.dkr.ecr.eu-west-1.amazonaws.com',
  ]);
  for (const registryIds of [[], Array(11).fill('123456789012'), ['shop']]) {
    await expect(token({ registryIds })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  }
});
