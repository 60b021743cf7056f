import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calledBy } from '../../cli/callerArn.ts';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { type EmbeddedAccount, openAccount } from '../../sandbox/sandbox.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import type { AwsConfig } from '../../shared/platform/sdk/config.ts';

let embedded: EmbeddedAccount;
let config: AwsConfig;
beforeAll(async () => {
  embedded = await openAccount({ world: worldSchema.parse({}) });
  const { account, door } = embedded;
  config = { region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) };
});
afterAll(() => embedded.close());

describe('who called', () => {
  it('is whose credentials they are, by AWS, and not what somebody typed', async () => {
    expect(await calledBy(config)).toEqual({ caller: `arn:aws:iam::${embedded.account.id}:root` });
  });

  it('is left out where nobody answers', async () => {
    expect(await calledBy({ ...config, endpoint: 'http://127.0.0.1:9' })).toEqual({});
  });
});
