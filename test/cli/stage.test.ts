import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectStage, type StageOptions } from '../../cli/stage.ts';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { type EmbeddedAccount, openAccount } from '../../sandbox/sandbox.ts';
import { createBucket } from '../../sandbox/services/s3/buckets.ts';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';

let embedded: EmbeddedAccount;
let client: NonNullable<StageOptions['client']>;
const stack = {
  incidentTable: 'incidents',
  bucket: 'evidence',
  stateMachineArn: 'arn:aws:states:us-east-1:1:stateMachine:m',
  topics: { page: 'p', notice: 'n', digest: 'd' },
};

beforeAll(async () => {
  embedded = await openAccount({ world: worldSchema.parse({}) });
  const { account, door } = embedded;
  client = { region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) };
  createBucket(account, { name: stack.bucket });
  putParameter(account, { name: '/firebreak/dev/stack', value: JSON.stringify(stack) });
  putParameter(account, { name: '/firebreak/broken/stack', value: '{"incidentTable":7}' });
});
afterAll(() => embedded.close());

const refusal = async (options: StageOptions): Promise<string> => {
  try {
    await connectStage(options);
  } catch (error) {
    return error instanceof Error && error.name === 'UsageError' ? error.message : `not a sentence: ${error}`;
  }
  return 'connected';
};

describe('a stage', () => {
  it('is found by its one parameter', async () => {
    const stage = await connectStage({ stage: 'dev', client });
    expect(stage).toMatchObject({ stage: 'dev', region: 'us-east-1', effects: { stage: 'dev' } });
  });

  it('has its own time: what a person does there is dated by it', async () => {
    const { effects } = await connectStage({ stage: 'dev', client });
    const apart = effects.clock.now().getTime() - embedded.account.clock.now();
    expect(Math.abs(Date.now() - embedded.account.clock.now())).toBeGreaterThan(60_000);
    expect(Math.abs(apart)).toBeLessThan(30_000);
  });

  it('that is not there: names the parameter that is missing', async () => {
    expect(await refusal({ stage: 'prod', client })).toMatch(/no stage "prod" in us-east-1.*\/firebreak\/prod\/stack/);
  });

  it('whose parameter is something else: says to deploy again', async () => {
    expect(await refusal({ stage: 'broken', client })).toMatch(/\/firebreak\/broken\/stack is not what .* deploy/);
  });

  it('is not read with credentials that AWS does not know', async () => {
    const credentials = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' };
    expect(await refusal({ stage: 'dev', client: { ...client, credentials } })).toMatch(
      /does not accept these credentials/,
    );
  });

  it('behind an endpoint where nothing listens: says where, within seconds', async () => {
    expect(await refusal({ stage: 'dev', client: { ...client, endpoint: 'http://127.0.0.1:9' } })).toMatch(
      /cannot be reached for \/firebreak\/dev\/stack in us-east-1 \(ECONNREFUSED\)/,
    );
  });

  it('whose plan was removed from the bucket: says which', async () => {
    const { effects } = await connectStage({ stage: 'dev', client });
    await expect(effects.bodies.get('0000')).rejects.toThrow('bodies/0000 is not in the bucket evidence');
  });
});
