import { RevokeSignatureCommand, SignerClient } from '@aws-sdk/client-signer';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { addFaults, removeFaults } from '../../../sandbox/faults/set.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { rootSha256 } from '../../../sandbox/services/signer/chain.ts';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import { firebreak } from '../../cli/firebreak.ts';
import { environmentOf } from '../firebreak.ts';
import type { Stage } from '../stage.ts';
import { named, openGateStage } from './world.ts';

const profiles = ['release', 'release_2'].map(
  (name) => `arn:aws:signer:us-east-1:123456789012:/signing-profiles/${name}`,
);
const policy = (more = ''): string =>
  `images:\n  signed: { revocation: ask, profiles: ${JSON.stringify(profiles)}${more} }\n`;

describe('firebreak gate, where a revoked signature counts for nothing', () => {
  let stage: Stage;
  const asked = async (tag: string, name = 'kept') => {
    const { exit, out, err } = await firebreak('gate', named(name, tag), '--json');
    const { reasons, checks } = JSON.parse(out);
    const why = reasons
      .filter(({ check }: { check: string }) => check === 'signature')
      .map(({ code, level }: { code: string; level: string }) => `${code} ${level}`);
    const { said } = checks.find(({ check }: { check: string }) => check === 'signature');
    return { exit, why, said, err };
  };
  const settings = async (value: string): Promise<void> => {
    putParameter(stage.account, { name: '/firebreak/dev/settings', value });
    await stage.pass(121);
  };

  const environment = ({ account }: Stage): void => {
    const nothing = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    for (const [name, value] of Object.entries({ ...nothing, ...environmentOf(account) })) vi.stubEnv(name, value);
  };

  beforeAll(async () => {
    stage = await openGateStage(policy());
    environment(stage);
  });
  afterEach(() => removeFaults(stage.account));
  afterAll(async () => {
    vi.unstubAllEnvs();
    await stage[Symbol.asyncDispose]();
  });

  it.each([
    ['a signature that nobody revoked', '1.0', 0, []],
    ['one that was revoked', '1.1', 1, ['revoked block']],
    ['one that was revoked, and another that may be anybody’s', '1.2', 1, ['revoked block']],
    ['one that has expired', '1.3', 2, ['unverified unknown']],
  ])('%s', async (_what, tag, exit, why) => {
    expect(await asked(tag)).toMatchObject({ exit, why });
  });

  it('cannot tell where ECR says that it signed and nothing hangs on the image', async () => {
    const came = await asked('1.0', 'clean');
    expect(came).toMatchObject({ exit: 2, why: ['unverified unknown'] });
    expect(came.said).toMatch(/no signature of Notation hangs on it/);
  });

  it.each([
    ['ecr', 'ListImageReferrers', 'denied'],
    ['ecr', 'BatchGetImage', 'denied'],
    ['ecr', 'GetDownloadUrlForLayer', 'denied'],
    ['signer', 'GetRevocationStatus', 'denied'],
    ['signer', 'GetRevocationStatus', 'failed'],
    ['signer', 'GetRevocationStatus', 'throttled'],
  ] as const)('cannot tell where AWS does not answer: %s %s %s', async (service, operation, fault) => {
    addFaults(stage.account, [{ service, operation, fault }]);
    expect(await asked('1.0')).toMatchObject({ exit: 2, why: ['not-read unknown'] });
  });

  it('cannot tell where an envelope is another than its digest says, or is not there', async () => {
    const { layers } = repositories(stage.account).get('payments/kept') ?? {};
    if (layers === undefined) throw new Error('there is no such repository');
    const kept = [...layers];
    for (const [digest] of kept) layers.set(digest, '{}');
    expect((await asked('1.0')).said).toMatch(/its envelope is not the one of its digest/);
    for (const [digest] of kept) layers.set(digest, ' '.repeat(1_048_577));
    expect((await asked('1.0')).said).toMatch(/it is larger than 1048576 bytes/);
    layers.clear();
    expect(await asked('1.0')).toMatchObject({ exit: 2, said: expect.stringContaining('the answer was HTTP 404') });
    for (const [digest, text] of kept) layers.set(digest, text);
    expect((await asked('1.0')).exit).toBe(0);
  });

  it('with a root that is trusted, takes what was signed again later; with another, nothing', async () => {
    await settings(policy(`, roots: [${rootSha256}]`));
    expect(await asked('1.0')).toMatchObject({ exit: 0 });
    expect(await asked('1.1')).toMatchObject({ exit: 1, why: ['revoked block'] });
    expect(await asked('1.2')).toMatchObject({ exit: 0, said: expect.stringContaining('release_2') });
    await using other = await openGateStage(policy(`, roots: ["${'0'.repeat(64)}"]`));
    environment(other);
    const came = await asked('1.0');
    environment(stage);
    expect(came).toMatchObject({ exit: 2, why: ['unverified unknown'] });
  });

  it('blocks from the moment at which somebody revokes it; to ask no more waits for a person', async () => {
    const { endpoint, region } = stage.account;
    const credentials = rootCredentials(stage.account);
    const signer = new SignerClient({ endpoint, region, credentials, disableHostPrefix: true });
    const jobId = '0a1b2c3d-0000-4000-8000-000000000001';
    await signer.send(new RevokeSignatureCommand({ jobId, reason: 'the build was not ours' }));
    signer.destroy();
    const came = await asked('1.0');
    expect(came).toMatchObject({ exit: 1, why: ['revoked block'] });
    expect(came.err).toContain(`/signing-jobs/${jobId}`);
    await settings('images: { signed: {} }\n');
    expect(await asked('1.0')).toMatchObject({ exit: 1, why: ['revoked block'] });
    await using unasked = await openGateStage('images: { signed: {} }\n');
    environment(unasked);
    expect(await asked('1.1')).toMatchObject({ exit: 0, why: [] });
    environment(stage);
  });
});
