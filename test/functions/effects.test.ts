import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { common, publishedRules, responderSessions, storedBodies, storedEvidence } from '../../functions/effects.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Target } from '../../shared/actions/contract.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { publishSet } from '../../shared/incident/rulesets.ts';
import { systemClock } from '../../shared/platform/clock.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { GetObjectCommand, PutObjectCommand, S3Client } from '../../shared/platform/sdk/s3.ts';
import { AssumeRoleCommand, STSClient } from '../../shared/platform/sdk/sts.ts';
import { awsError, notMocked } from '../platform/awsAnswers.ts';

const s3 = mockClient(S3Client);
const sts = mockClient(STSClient);
const env = { AWS_REGION: 'us-east-1', STAGE: 'dev', TABLE: 'incidents', BUCKET: 'evidence-bucket' };
const bodyOf = (text: string) => ({ Body: { transformToString: async () => text } as never });

beforeEach(() => {
  s3.reset();
  s3.onAnyCommand().rejects(notMocked);
  sts.reset();
  sts.onAnyCommand().rejects(notMocked);
});

const keysPut = () => s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input.Key);

describe('a body', () => {
  it('is stored by the hash of its text, and read by it', async () => {
    s3.on(PutObjectCommand).resolves({}).on(GetObjectCommand).resolves(bodyOf('{"a":1}'));
    const bodies = storedBodies(env);
    const hash = await bodies.put('{"a":1}');
    expect(hash).toBe(sha256Hex('{"a":1}'));
    expect(keysPut()).toEqual([`bodies/${hash}`]);
    expect(await bodies.get(hash)).toBe('{"a":1}');
  });

  it('that somebody has changed is not read: plans and rule sets decide', async () => {
    s3.on(GetObjectCommand).resolves(bodyOf('{"steps":["other"]}'));
    const hash = sha256Hex('{"steps":[]}');
    await expect(storedBodies(env).get(hash)).rejects.toThrow(`Body ${hash} is not what was written`);
  });

  it('that is not there, or cannot be read, is an error', async () => {
    s3.on(GetObjectCommand).rejects(awsError('NoSuchKey', 404));
    await expect(storedBodies(env).get('h')).rejects.toThrow('No body h');
    s3.on(GetObjectCommand).rejects(awsError('AccessDenied', 403));
    await expect(storedBodies(env).get('h')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('the published rules', () => {
  it.each([
    ['is gone', () => s3.on(GetObjectCommand).rejects(awsError('NoSuchKey', 404))],
    ['is another', () => s3.on(GetObjectCommand).resolves(bodyOf('{"rules":[]}'))],
    ['cannot be read', () => s3.on(GetObjectCommand).rejects(awsError('AccessDenied', 403))],
  ])('are none when their text %s', async (_what, answer) => {
    answer();
    s3.on(PutObjectCommand).resolves({});
    const stored = { table: memoryTable(), bodies: storedBodies(env), catalogue };
    await publishSet(stored, {
      text: 'x',
      sources: '{}',
      versions: {},
      why: { kind: 'edit' },
      changes: [],
      after: undefined,
      at: 'now',
    });
    await expect(publishedRules(stored).current()).rejects.toMatchObject({ name: 'InvalidRules' });
  });
});

describe('the rules that decide', () => {
  it('only observe where the settings say so', async () => {
    const entry = { action: 'evidence.capture', params: {} };
    const one = {
      name: 'a',
      description: '',
      order: 1,
      when: { source: ['ecr'] },
      do: [entry],
      mode: 'enforce',
      page: {},
    };
    const modes = async (observeOnly: boolean): Promise<readonly string[]> => {
      const text = JSON.stringify({ rules: [one], exemptions: [], settings: { observeOnly } });
      s3.on(PutObjectCommand).resolves({}).on(GetObjectCommand).resolves(bodyOf(text));
      const stored = { table: memoryTable(), bodies: storedBodies(env), catalogue };
      await publishSet(stored, {
        text,
        sources: '{}',
        versions: {},
        why: { kind: 'edit' },
        changes: [],
        after: undefined,
        at: 'now',
      });
      return (await publishedRules(stored).current()).set.rules.map(({ mode }) => mode);
    };
    expect(await modes(false)).toEqual(['enforce']);
    expect(await modes(true)).toEqual(['observe']);
  });
});

describe('evidence', () => {
  it('of one run or round never lies over that of another, and nothing of an incident leads out of its folder', async () => {
    s3.on(PutObjectCommand).resolves({});
    for (const [incident, run, round] of [
      ['../../bodies', 'r1', 1],
      ['../../bodies', 'r1', 2],
      ['../../bodies', 'r2', 1],
      ['image/a', 'r1', 1],
    ] as const) {
      await storedEvidence(env)(incident, run, round).put('manifest.json', '{}', 'application/json');
    }
    const keys = keysPut();
    expect(new Set(keys).size).toBe(4);
    for (const key of keys) expect(key).toMatch(/^evidence\/[^/.]+\/r\d\/\d\/manifest\.json$/);
  });

  it('is read from where it was put', async () => {
    s3.on(PutObjectCommand).resolves({}).on(GetObjectCommand).resolves(bodyOf('text'));
    const evidence = storedEvidence(env)('image/a', 'r1', 1);
    await evidence.put('a', 'text', 'text/plain');
    expect(await evidence.get('a')).toBe('text');
    expect(s3.commandCalls(GetObjectCommand).map(({ args }) => args[0].input.Key)).toEqual(keysPut());
  });
});

describe('the responder', () => {
  const target = { account: '210987654321', region: 'eu-west-1' } as Target;
  const permissions = [{ action: 'ecr:DescribeImages', resource: 'arn:r' }];

  it('is taken in the account of the target, for these permissions alone, by a name that says what for', async () => {
    const Credentials = { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c', Expiration: new Date(0) };
    sts.on(AssumeRoleCommand).resolves({ Credentials });
    const sessions = responderSessions({ ...env, RESPONDER_ROLE: 'arn:aws:iam::{account}:role/responder' });
    await sessions.read(target, permissions);
    await sessions.write(target, permissions);
    const asked = sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input);
    expect(asked.map(({ RoleArn }) => RoleArn)).toEqual(Array(2).fill('arn:aws:iam::210987654321:role/responder'));
    expect(asked.map(({ RoleSessionName }) => RoleSessionName)).toEqual(['firebreak-dev-read', 'firebreak-dev-act']);
    expect(JSON.parse(asked[0]?.Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'ecr:DescribeImages', Resource: 'arn:r' }],
    });
  });
});

describe('what all functions have', () => {
  it('is a clock, ids of their own, and the stage', () => {
    const { clock, newId, stage } = common('act', env);
    expect(stage).toBe('dev');
    expect(newId()).not.toBe(newId());
    expect(clock).toBe(systemClock);
  });
});
