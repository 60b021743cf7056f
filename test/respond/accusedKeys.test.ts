import { describe, expect, test } from 'vitest';
import { accusedBy } from '../../shared/account/accused.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { withKeys } from '../../shared/respond/accusedKeys.ts';
import type { Mode } from '../../shared/rules/rule.ts';
import { type Answers, answeringAws } from '../actions/answeringAws.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';
import { rule, ruleSet } from '../plan/fakes.ts';

const finding = oneFinding(sampleEvent('config-environment-secret'));
const place = 'arn:aws:ecs:us-east-1:123456789012';
const key = 'AKIAIOSFODNN7EXAMPLE';
const marker = 'correct-horse-battery-staple';
const variables = (environment: Readonly<Record<string, string>>) =>
  Object.entries(environment).map(([name, value]) => ({ name, value }));
const definition = (...containers: readonly Readonly<Record<string, string>>[]) => ({
  taskDefinition: {
    containerDefinitions: containers.map((environment, at) => ({
      name: `c${at}`,
      environment: variables(environment),
    })),
  },
  tags: [{ key: 'team', value: 'payments' }],
});
const leaked = { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: marker, BUCKET: marker };

const answers: Answers = {
  DescribeTaskDefinition: () => definition(leaked),
  GetAccessKeyLastUsed: () => ({ UserName: 'builder', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } }),
  ListClusters: () => ({ clusterArns: [`${place}:cluster/prod`] }),
  ListServices: () => ({ serviceArns: ['a'] }),
  DescribeServices: () => ({
    services: [
      {
        serviceName: 'checkout',
        serviceArn: `${place}:service/prod/checkout`,
        status: 'ACTIVE',
        taskDefinition: finding.resource.arn,
      },
    ],
  }),
  ListTasks: () => ({ taskArns: [] }),
  ListEventBuses: () => ({ EventBuses: [] }),
  ListSchedules: () => ({ Schedules: [] }),
};

async function read(
  change: Answers = {},
  {
    action = 'iam.deactivate-access-key',
    mode = 'enforce' as Mode,
    lastTry = false,
  }: { action?: string; mode?: Mode; lastTry?: boolean } = {},
) {
  const { aws, sent } = answeringAws({ ...answers, ...change });
  const effects = { sessions: { read: async () => aws, write: async () => aws, role: () => 'ours' }, catalogue };
  const matched = [{ finding, decision: 'rule', reason: '', rule: 'r1' } as const];
  const accused = new Map([[finding.id, accusedBy(finding, undefined)]]);
  const set = ruleSet([rule({ name: 'r1', mode, do: [{ action, params: {} }] })]);
  const found = await withKeys(effects, matched, set, { accused, unread: ['before'], unsure: [] }, lastTry);
  const seen = found.accused.get(finding.id);
  return { ...found, keys: seen?.keyTargets, owner: seen?.owner, sent, all: JSON.stringify([...found.accused, found]) };
}
const refusing = (name: string) => () => {
  throw Object.assign(new Error(marker), { name, $metadata: {}, $fault: 'client' });
};

describe('a task definition with secrets in plain text', () => {
  test('leads to the access keys in it, with their user, and says by name what is there, who runs it, whose it is', async () => {
    const { keys, unread, owner } = await read();
    const [account, region] = ['123456789012', 'us-east-1'];
    const arn = `arn:aws:iam::${account}:user/builder`;
    expect(keys).toEqual([{ kind: 'access-key', id: key, arn, user: 'builder', account, region }]);
    expect(unread).toEqual([
      'before',
      expect.stringMatching(
        /^checkout-api:87 has in plain text, by container: c0: AWS_ACCESS_KEY_ID, c0: AWS_SECRET_ACCESS_KEY\. /,
      ),
      'checkout-api:87, or another revision of it, is run by service prod/checkout.',
    ]);
    expect(owner).toBe('payments (tag team)');
  });

  test('of no value goes on more than the id of a key, whatever its name is, and whatever AWS refuses with', async () => {
    const odd = { [`A ${marker}`]: `${key} ${marker}`, DB_PASSWORD: marker, LOG_LEVEL: marker };
    const { all, keys } = await read({ DescribeTaskDefinition: () => definition(leaked, odd) });
    expect(all).not.toContain(marker);
    expect(all).toContain('c1: (a name that is not shown)');
    expect(all).toContain('c1: DB_PASSWORD');
    expect(all).not.toContain('LOG_LEVEL');
    expect(keys).toHaveLength(1);
    const refused = await read({ DescribeTaskDefinition: refusing('AccessDeniedException') });
    expect(refused.all).not.toContain(marker);
  });

  test.each([
    ['temporary credentials', 'ASIAIOSFODNN7EXAMPLE', 'temporary credentials in plain text'],
    ['part of a longer word', `x${key}`, null],
    ['too long', `${key}A`, null],
  ])('is no key: %s', async (_what, value, said) => {
    const { keys, unread, sent } = await read({
      DescribeTaskDefinition: () => definition({ AWS_ACCESS_KEY_ID: value }),
    });
    expect(keys).toBeUndefined();
    expect(sent.map(({ operation }) => operation)).not.toContain('GetAccessKeyLastUsed');
    expect(unread.some((text) => text.includes(said ?? 'temporary credentials'))).toBe(said !== null);
  });

  test.each([
    ['of another account', refusing('AccessDenied')],
    ['that was deleted', refusing('NoSuchEntityException')],
    ['of the root user', () => ({ UserName: '<root_account>' })],
    ['whose user would widen a policy', () => ({ UserName: 'a*' })],
  ])('is told, and left, with a key %s', async (_whose, GetAccessKeyLastUsed) => {
    const told = expect.stringContaining(`IAM names no user of this account for access key ${key}`);
    const { keys, unsure } = await read({ GetAccessKeyLastUsed });
    expect([keys, unsure]).toEqual([undefined, [told]]);
    expect(await read({ GetAccessKeyLastUsed }, { mode: 'observe' })).toMatchObject({
      unsure: [],
      unread: expect.arrayContaining([told]),
    });
  });

  test('of which no name tells anything is told so', async () => {
    const { unread } = await read({ DescribeTaskDefinition: () => definition({ BUCKET: 'x', PASSWORD: '' }) });
    expect(unread).toContainEqual(expect.stringMatching(/^No name of a variable of checkout-api:87 tells of a secret/));
  });

  test('that could not be read is no reason to call it fixed, where a rule enforces it', async () => {
    const change = { DescribeTaskDefinition: refusing('AccessDeniedException') };
    const why = expect.stringMatching(/^Reading what stands in plain text in checkout-api:87: access denied/);
    expect(await read(change)).toMatchObject({ unsure: [why], unread: ['before'] });
    expect(await read(change, { mode: 'observe' })).toMatchObject({ unsure: [], unread: ['before', why] });
  });

  test('that AWS throttles is read again, and told at the last try', async () => {
    const change = { GetAccessKeyLastUsed: refusing('ThrottlingException') };
    await expect(read(change)).rejects.toThrow(Throttled);
    await expect(read({ ListServices: refusing('ThrottlingException') })).rejects.toThrow(Throttled);
    expect((await read(change, { lastTry: true })).unsure).toHaveLength(1);
    const { unread } = await read({ ListServices: refusing('ThrottlingException') }, { lastTry: true });
    expect(unread).toContainEqual(expect.stringContaining('not all could be read (ECS services of cluster/prod)'));
  });

  test('is not read where no rule asks for something about keys', async () => {
    const { sent, keys, unread } = await read({}, { action: 'ecs.fix-task-definition' });
    expect([sent, keys, unread]).toEqual([[], undefined, ['before']]);
  });
});
