import type { GetAuthorizationTokenRequest, GetAuthorizationTokenResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { invalid } from './invalid.ts';
import { registryHost } from './state.ts';

/** "Authorization tokens are valid for 12 hours" (AuthorizationData). */
const VALID_MS = 12 * 3_600_000;

/**
 * A token of the form that `docker login` takes, `AWS:PASSWORD` in base64. It opens nothing: no registry answers here. Each registry that is asked for
 * has one, with its own endpoint.
 */
export const getAuthorizationToken = operation<GetAuthorizationTokenRequest, GetAuthorizationTokenResponse>(
  () => [{ action: 'ecr:GetAuthorizationToken', resource: '*' }],
  (input, { account }) => {
    const registries = input.registryIds ?? [account.id];
    if (registries.length < 1 || registries.length > 10) {
      throw invalid('registryIds', 'Member must have length between 1 and 10');
    }
    const odd = registries.find((id) => !/^[0-9]{12}$/.test(id));
    if (odd !== undefined) throw invalid('registryIds', 'Member must satisfy regular expression pattern: [0-9]{12}');
    const expiresAt = new Date(account.clock.now() + VALID_MS);
    return {
      authorizationData: registries.map((id) => ({
        authorizationToken: Buffer.from(`AWS:${account.random.hex(64)}`).toString('base64'),
        expiresAt,
        proxyEndpoint: `https://${registryHost(account, id)}`,
      })),
    };
  },
);
