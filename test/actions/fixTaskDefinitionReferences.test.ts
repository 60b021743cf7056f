import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { readsWith } from '../../shared/account/reads.ts';
import {
  differsInFixesAlone,
  hardeningOf,
  inWords,
  logTo,
  mended,
  mendedContent,
} from '../../shared/actions/fixTaskDefinition/hardening.ts';
import { fixPermissions } from '../../shared/actions/fixTaskDefinition/permissions.ts';
import { movesIn, type References, secretPart } from '../../shared/actions/fixTaskDefinition/references.ts';
import { params } from '../../shared/actions/fixTaskDefinition/types.ts';
import { againstSecret } from '../../shared/actions/fixTaskDefinition/usableSecret.ts';
import { contentOf } from '../../shared/actions/targets/definitionCopy.ts';
import type { ServiceTarget } from '../../shared/actions/targets/serviceTarget.ts';
import { awsError } from '../account/awsError.ts';
import { type Answers, answeringAws } from './answeringAws.ts';

const place = { account: '123456789012', region: 'eu-central-1' };
const secret = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf';
const value = 'correct-horse';
const app: ContainerDefinition = {
  name: 'app',
  environment: [
    { name: 'LEVEL', value: 'info' },
    { name: 'DB_PASSWORD', value },
    { name: 'PORT', value: '80' },
  ],
  secrets: [{ name: 'API', valueFrom: secret }],
};
const sidecar: ContainerDefinition = { name: 'sidecar', environment: [{ name: 'DB_PASSWORD', value }] };
const was: TaskDefinition = { family: 'shop', containerDefinitions: [app, sidecar] };
const all: References = [{ variable: 'DB_PASSWORD', secret }];

const copyOf = (references: References): TaskDefinition => {
  const to = mended(hardeningOf(was), ['secrets'], { moves: movesIn(was, references) });
  return mendedContent(contentOf(was), to, logTo('', '', '')) as TaskDefinition;
};

describe('a copy whose value is given from a secret', () => {
  it('has the reference behind those that are there, the value no more, and the others in their order', () => {
    const [one, other] = copyOf([{ ...all[0], container: 'app' } as References[number]]).containerDefinitions ?? [];
    expect(one).toEqual({
      ...app,
      environment: [
        { name: 'LEVEL', value: 'info' },
        { name: 'PORT', value: '80' },
      ],
      secrets: [
        { name: 'API', valueFrom: secret },
        { name: 'DB_PASSWORD', valueFrom: secret },
      ],
    });
    expect(other).toEqual(sidecar);
  });

  it('is that of every container where the rule names none, and of the one where it names one', () => {
    expect(JSON.stringify(copyOf(all))).not.toContain(value);
    const own = `${secret}:password::`;
    const moves = movesIn(was, [...all, { container: 'sidecar', variable: 'DB_PASSWORD', secret: own }]);
    expect(moves.map((one) => [one.container, one.secret])).toEqual([
      ['app', secret],
      ['sidecar', own],
    ]);
  });

  it('is known again, and told from one in which another variable is otherwise', () => {
    const copy = copyOf(all);
    expect(differsInFixesAlone(was, copy, all)).toBe(true);
    const [one = {}, ...rest] = copy.containerDefinitions ?? [];
    const changed = (container: ContainerDefinition) => ({ ...copy, containerDefinitions: [container, ...rest] });
    expect(differsInFixesAlone(was, changed({ ...one, environment: [] }), all)).toBe(false);
    expect(differsInFixesAlone(was, changed({ ...one, secrets: one.secrets?.slice(1) ?? [] }), all)).toBe(false);
    expect(differsInFixesAlone(was, copy)).toBe(false);
  });

  it('is said, and kept, by names alone', () => {
    const from = hardeningOf(was);
    const moves = movesIn(was, all);
    const to = mended(from, ['secrets'], { moves });
    expect(inWords(from, to, { moves })).toEqual([
      'app with DB_PASSWORD from secret:shop/db-AbCdEf',
      'sidecar with DB_PASSWORD from secret:shop/db-AbCdEf',
    ]);
    expect(from.containers['app']?.variables).toEqual({ LEVEL: null, DB_PASSWORD: null, PORT: null, API: secret });
    expect(JSON.stringify([from, to, moves])).not.toContain(value);
  });

  it('moves nothing that no finding asks for', () => {
    const from = hardeningOf(was);
    expect(mended(from, ['privileged'], { moves: movesIn(was, all) })).toEqual(from);
  });
});

describe('a secret', () => {
  const registeredAt = new Date('2026-11-01T00:00:00Z');
  const role = 'arn:aws:iam::123456789012:role/shop-execution';
  const user = { ...place, executionRole: role, registeredAt };
  const versions = (CreatedDate: Date, VersionStages = ['AWSCURRENT']) => ({
    Versions: [{ VersionId: 'one', VersionStages, CreatedDate }],
  });
  const later = new Date('2026-11-02T00:00:00Z');
  const may = (decisions: { readonly [action: string]: string }) => ({
    SimulatePrincipalPolicy: ({ ActionNames: [action = ''] }: { ActionNames: string[] }) => ({
      EvaluationResults: [{ EvalDecision: decisions[action] ?? 'allowed' }],
    }),
  });
  const answers: Answers = {
    DescribeSecret: () => ({}),
    ListSecretVersionIds: () => versions(later),
    ...(may({}) as Answers),
  };
  async function against(change: object = {}, given: object = {}, valueFrom = secret) {
    const { aws, sent } = answeringAws({ ...answers, ...change } as Answers);
    return { why: await againstSecret(readsWith(aws), valueFrom, { ...user, ...given }), sent };
  }

  it('can be used that is new, and that the execution role may read; its value is asked for by nobody', async () => {
    const { why, sent } = await against();
    expect(why).toBeNull();
    expect(sent.map(({ operation }) => operation)).toEqual([
      'DescribeSecret',
      'ListSecretVersionIds',
      'SimulatePrincipalPolicy',
    ]);
    expect(sent.at(-1)?.input).toMatchObject({
      PolicySourceArn: role,
      ActionNames: ['secretsmanager:GetSecretValue'],
      ResourceArns: [secret],
    });
  });

  it.each([
    ['is not there', { DescribeSecret: () => Promise.reject(awsError('ResourceNotFoundException')) }],
    ['may not be looked at', { DescribeSecret: () => Promise.reject(awsError('AccessDeniedException')) }],
    ['is to be deleted', { DescribeSecret: () => ({ DeletedDate: later }) }],
    ['it may be the value that is leaked', { ListSecretVersionIds: () => versions(registeredAt) }],
    [
      'its versions cannot be listed: it may not be looked at by Firebreak',
      {
        ListSecretVersionIds: () => {
          throw awsError('AccessDeniedException');
        },
      },
    ],
    ['has no version AWSCURRENT', { ListSecretVersionIds: () => versions(later, ['AWSPREVIOUS']) }],
    ['add secretsmanager:GetSecretValue on', may({ 'secretsmanager:GetSecretValue': 'implicitDeny' })],
    ['may not read secret', may({ 'secretsmanager:GetSecretValue': 'explicitDeny' })],
    [
      'add kms:Decrypt on arn:aws:kms:eu-central-1:123456789012:key/1234',
      { DescribeSecret: () => ({ KmsKeyId: '1234' }), ...may({ 'kms:Decrypt': 'implicitDeny' }) },
    ],
    ['names its key by an alias', { DescribeSecret: () => ({ KmsKeyId: 'alias/shop' }) }],
  ])('cannot be used that %s', async (why, change) => {
    expect((await against(change)).why).toContain(why);
  });

  it('cannot be used from another Region or account, nor where no role would read it', async () => {
    expect((await against({}, { region: 'us-east-1' })).why).toContain('ECS would not find it');
    expect((await against({}, { account: '210987654321' })).why).toContain('ECS would not find it');
    expect((await against({}, { executionRole: undefined })).why).toContain('no execution role');
  });

  it('is looked at by the version that is named', async () => {
    const old = {
      ListSecretVersionIds: () => ({
        Versions: [...versions(registeredAt).Versions, { VersionId: 'two', VersionStages: [], CreatedDate: later }],
      }),
    };
    expect((await against(old, {}, `${secret}:::two`)).why).toBeNull();
    expect((await against(old, {}, `${secret}:key::one`)).why).toContain('may be the value that is leaked');
    expect((await against({}, {}, `${secret}::AWSPENDING:`)).why).toContain('has no version AWSPENDING');
  });

  it('of a key of its own can be used where the role may decrypt', async () => {
    const key = 'arn:aws:kms:eu-central-1:123456789012:key/1234';
    const { why, sent } = await against({ DescribeSecret: () => ({ KmsKeyId: key }) });
    expect(why).toBeNull();
    expect(sent.at(-1)?.input).toMatchObject({ ActionNames: ['kms:Decrypt'], ResourceArns: [key] });
  });

  it('is asked about with its tags, and with what Secrets Manager tells its key', async () => {
    const DescribeSecret = () => ({ KmsKeyId: '1234', Tags: [{ Key: 'team', Value: 'shop' }] });
    const { sent } = await against({ DescribeSecret });
    const contexts = sent.flatMap(({ input }) => {
      const { ContextEntries: all } = input as {
        ContextEntries?: { ContextKeyName: string; ContextKeyValues: string[] }[];
      };
      return all === undefined ? [] : [all.map((one) => `${one.ContextKeyName} ${one.ContextKeyValues.join()}`)];
    });
    expect(contexts).toEqual([
      [`secretsmanager:SecretId ${secret}`, 'aws:ResourceTag/team shop', 'secretsmanager:ResourceTag/team shop'],
      ['kms:ViaService secretsmanager.eu-central-1.amazonaws.com', `kms:EncryptionContext:SecretARN ${secret}`],
    ]);
  });

  it('is said to depend on what nobody can know, where a condition of the role does', async () => {
    const results = [
      {
        EvalDecision: 'implicitDeny',
        ResourceSpecificResults: [{ MissingContextValues: ['aws:SourceIp', 'aws:ResourceTag/env'] }],
      },
    ];
    const { why } = await against({ SimulatePrincipalPolicy: () => ({ EvaluationResults: results }) });
    expect(why).toContain('may not read secret shop/db-AbCdEf: add secretsmanager:GetSecretValue on');
    expect(why).toMatch(/, unless what it says of aws:SourceIp lets it, which/);
  });

  it('that could not be read is no reason: the reading fails', async () => {
    const throttled = { DescribeSecret: () => Promise.reject(awsError('ThrottlingException')) };
    await expect(against(throttled)).rejects.toThrow('ThrottlingException');
  });
});

describe('the parameters', () => {
  const problems = (...references: object[]): string =>
    params
      .safeParse({ references })
      .error?.issues.map(({ message }) => message)
      .join() ?? '';

  it.each([secret, `${secret}:password::`, `${secret}::AWSPREVIOUS:`, `${secret}:password::a1b2`])('take %s', (one) => {
    expect(problems({ variable: 'DB_PASSWORD', secret: one })).toBe('');
  });

  it.each([
    ['whole ARN', { variable: 'A', secret: 'shop/db' }],
    ['whole ARN', { variable: 'A', secret: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop' }],
    ['whole ARN', { variable: 'A', secret: 'arn:aws:ssm:eu-central-1:123456789012:parameter/shop' }],
    ['not both', { variable: 'A', secret: `${secret}::AWSCURRENT:a1b2` }],
    ['environment variable', { variable: 'A B', secret }],
    ['name of a container', { container: 'a/b', variable: 'A', secret }],
  ])('say what is wrong: %s', (message, reference) => {
    expect(problems(reference)).toContain(message);
  });

  it('take no variable twice', () => {
    expect(problems({ variable: 'A', secret }, { variable: 'A', secret })).toContain('once');
  });
});

it('what is given of a secret is told apart', () => {
  expect(secretPart(`${secret}:password:AWSPREVIOUS:`)).toEqual({
    ...{ arn: secret, region: 'eu-central-1', account: '123456789012', stage: 'AWSPREVIOUS', version: '' },
  });
  expect(secretPart('/shop/db')).toBeUndefined();
});

describe('its permissions', () => {
  const target: ServiceTarget = {
    ...{ kind: 'ecs-service', id: 'prod/shop', cluster: 'prod', service: 'shop', ...place },
    arn: 'arn:aws:ecs:eu-central-1:123456789012:service/prod/shop',
  };
  const chosen = {
    fixes: ['secrets'],
    definition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:1',
    roles: [],
  };
  const asked = (more?: object): readonly string[] => {
    const { read, write } = fixPermissions(target, more === undefined ? undefined : { ...chosen, ...more });
    return [...read, ...write].flatMap(({ action, resource }) =>
      action.startsWith('secretsmanager:') ? [`${action} ${resource}`] : [],
    );
  };

  it('are those to look at the secrets that it has chosen, and never to read one', () => {
    const other = secret.replace('eu-central-1', 'us-east-1');
    expect(asked({ secrets: [secret, other] })).toEqual([
      `secretsmanager:DescribeSecret ${secret}`,
      `secretsmanager:ListSecretVersionIds ${secret}`,
    ]);
    expect(asked({})).toEqual([]);
    expect(asked().join()).not.toContain('GetSecretValue');
  });
});
