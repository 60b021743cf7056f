import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { checks } from '../../../cli/doctor/checks.ts';
import { examine, exitCodeOf } from '../../../cli/doctor/examine.ts';
import { credentialsFor } from '../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { registryScanning } from '../../../sandbox/services/ecr/registryScanning.ts';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { environmentOf, firebreak } from '../firebreak.ts';
import { type Ground, healthyGround, notOk } from './ground.ts';
import { changeHead } from './planted.ts';

/** What docs/operations.md says that the command needs, as it is written there. */
function documented(): readonly string[] {
  const [, block = ''] =
    /`firebreak doctor` reads with these:\n\n```\n([^`]+)```/.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
  return block.split(/\s+/).filter((action) => action !== '');
}

let roles = 0;
/** A session that may do this and nothing else. */
function may({ stage }: Ground, Action: readonly string[]) {
  const { account } = stage();
  roles += 1;
  const name = `reader-${roles}`;
  const Principal = { AWS: `arn:aws:iam::${account.id}:root` };
  createRole(account, {
    name,
    arn: `arn:aws:iam::${account.id}:role/${name}`,
    trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
    policies: [
      {
        name: 'read',
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...Action], Resource: '*' }] },
      },
    ],
  });
  // Without its end: the client would compare a virtual time with the machine's.
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(account, name, 'ann');
  return { accessKeyId, secretAccessKey, sessionToken };
}

describe('without permission', () => {
  const ground = healthyGround();
  const { connect } = ground;
  // In order, and everything is asked for: an incident is under way, and the repository itself says that it is scanned.
  beforeEach(async () => {
    const { account } = ground.stage();
    registryScanning(account).is = { scanType: 'BASIC', rules: [] };
    for (const repository of repositories(account).values()) repository.scanOnPush = true;
    const runAt = new Date(account.clock.now()).toISOString();
    await changeHead(await ground.planted(), { state: 'running', gsi: 'running', runAt });
  });

  it('needs what docs/operations.md names', async () => {
    expect(documented().length).toBeGreaterThan(15);
    const ran = await firebreak(['doctor'], { env: environmentOf(ground.stage().account, may(ground, documented())) });
    expect(ran).toMatchObject({ exit: 0, err: '' });
  });

  it('names each that is missing, goes on with the other checks, and says exit 2', async () => {
    for (const action of documented().filter((one) => one !== 'ssm:GetParameter')) {
      const looked = await examine(
        await connect(
          may(
            ground,
            documented().filter((one) => one !== action),
          ),
        ),
        checks,
      );
      const wrong = notOk(looked);
      expect(wrong.map(({ state }) => state)).toEqual(wrong.map(() => 'unknown'));
      expect(exitCodeOf(looked)).toBe(2);
      expect(wrong[0]?.seen).toMatch(
        new RegExp(`^These credentials lack ${action}(?: on the (?:incident table|bucket))?\\.$`),
      );
      expect(looked.length - wrong.length).toBeGreaterThan(10);
    }
  });

  it('is one sentence and exit 2 where the stage cannot be found', async () => {
    const denied = await firebreak(['doctor'], {
      env: environmentOf(ground.stage().account, may(ground, ['sns:Publish'])),
    });
    expect(denied).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('may not read or change /firebreak/dev/stack'),
    });
    const none = await firebreak(['doctor', '--stage', 'prod'], { env: environmentOf(ground.stage().account) });
    expect(none).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('There is no stage "prod"') });
    const { AWS_ENDPOINT_URL = '' } = environmentOf(ground.stage().account);
    const nobody = await firebreak(['doctor', '--region', 'us-east-1'], { env: { AWS_ENDPOINT_URL } });
    expect(nobody).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('No AWS credentials were found') });
  });
});
