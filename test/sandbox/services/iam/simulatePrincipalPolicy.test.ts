import type { SimulatePolicyResponse } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { openAccount } from '../../../../sandbox/sandbox.ts';
import { simulatePrincipalPolicy } from '../../../../sandbox/services/iam/simulatePrincipalPolicy.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { runOn } from '../runOn.ts';

const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf';
const key = 'arn:aws:kms:us-east-1:123456789012:key/a1b2';
const role = 'arn:aws:iam::123456789012:role/shop';
const statements = [
  { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: `${secret.slice(0, -6)}*` },
  { Effect: 'Deny', Action: 'secretsmanager:PutSecretValue', Resource: '*' },
  { Effect: 'Allow', Action: 'kms:Decrypt', Resource: key, Condition: { StringEquals: { 'kms:ViaService': 'here' } } },
];

async function results(input: object) {
  const policies = [{ name: 'own', document: { Statement: statements } }];
  const { account, close } = await openAccount({ world: worldSchema.parse({ roles: [{ name: 'shop', policies }] }) });
  const principal = { kind: 'root', arn: `arn:aws:iam::${account.id}:root` } as const;
  const park = <T>(promise: Promise<T>) => promise;
  const run = runOn({ call: () => ({ account, principal, requestId: 'request', park }) });
  try {
    const asked = { PolicySourceArn: role, ...input };
    const { EvaluationResults: all = [] } = await run<SimulatePolicyResponse>(simulatePrincipalPolicy, asked);
    return all;
  } finally {
    await close();
  }
}

/** By action and resource, what is decided. */
const decided = async (input: object): Promise<readonly string[]> =>
  (await results(input)).map((one) => `${one.EvalActionName} ${one.EvalResourceName} ${one.EvalDecision}`);

describe('SimulatePrincipalPolicy', () => {
  it('says what the policies of a role allow, deny, and say nothing of', async () => {
    const ActionNames = ['GetSecretValue', 'PutSecretValue', 'DeleteSecret'].map((name) => `secretsmanager:${name}`);
    expect(await decided({ ActionNames, ResourceArns: [secret] })).toEqual([
      `secretsmanager:GetSecretValue ${secret} allowed`,
      `secretsmanager:PutSecretValue ${secret} explicitDeny`,
      `secretsmanager:DeleteSecret ${secret} implicitDeny`,
    ]);
    expect(await decided({ ActionNames: ['secretsmanager:GetSecretValue'] })).toEqual([
      'secretsmanager:GetSecretValue * implicitDeny',
    ]);
  });

  it('takes the context that it is given', async () => {
    const asked = { ActionNames: ['kms:Decrypt'], ResourceArns: [key] };
    const via = (service: string) => ({
      ContextEntries: [{ ContextKeyName: 'kms:ViaService', ContextKeyType: 'string', ContextKeyValues: [service] }],
    });
    expect(await decided(asked)).toEqual([`kms:Decrypt ${key} implicitDeny`]);
    expect(await decided({ ...asked, ...via('there') })).toEqual([`kms:Decrypt ${key} implicitDeny`]);
    expect(await decided({ ...asked, ...via('here') })).toEqual([`kms:Decrypt ${key} allowed`]);
  });

  it('names the keys of conditions that it was given no value of, with the resource that is named', async () => {
    const of = async (more: object) => {
      const [one] = await results({ ActionNames: ['kms:Decrypt'], ...more });
      return [one?.MissingContextValues, one?.ResourceSpecificResults?.map((each) => each.MissingContextValues)];
    };
    const entry = { ContextKeyName: 'kms:ViaService', ContextKeyType: 'string', ContextKeyValues: ['here'] };
    expect(await of({ ResourceArns: [key] })).toEqual([[], [['kms:viaservice']]]);
    expect(await of({ ResourceArns: [key], ContextEntries: [entry] })).toEqual([[], [[]]]);
    expect(await of({})).toEqual([['kms:viaservice'], undefined]);
  });

  it.each([
    ['NoSuchEntity', { PolicySourceArn: `${role}-of-nobody`, ActionNames: ['kms:Decrypt'] }],
    ['InvalidInput', { ActionNames: ['Decrypt'] }],
    ['InvalidInput', { ActionNames: [] }],
  ])('refuses with %s', async (code, input) => {
    await expect(decided(input)).rejects.toMatchObject({ code });
  });
});
