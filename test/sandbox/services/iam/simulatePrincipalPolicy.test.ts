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

/** By action and resource, what is decided. */
async function decided(input: object): Promise<readonly string[]> {
  const policies = [{ name: 'own', document: { Statement: statements } }];
  const { account, close } = await openAccount({ world: worldSchema.parse({ roles: [{ name: 'shop', policies }] }) });
  const principal = { kind: 'root', arn: `arn:aws:iam::${account.id}:root` } as const;
  const park = <T>(promise: Promise<T>) => promise;
  const run = runOn({ call: () => ({ account, principal, requestId: 'request', park }) });
  try {
    const asked = { PolicySourceArn: role, ...input };
    const { EvaluationResults: all = [] } = await run<SimulatePolicyResponse>(simulatePrincipalPolicy, asked);
    return all.map((one) => `${one.EvalActionName} ${one.EvalResourceName} ${one.EvalDecision}`);
  } finally {
    await close();
  }
}

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

  it.each([
    ['NoSuchEntity', { PolicySourceArn: `${role}-of-nobody`, ActionNames: ['kms:Decrypt'] }],
    ['InvalidInput', { ActionNames: ['Decrypt'] }],
    ['InvalidInput', { ActionNames: [] }],
  ])('refuses with %s', async (code, input) => {
    await expect(decided(input)).rejects.toMatchObject({ code });
  });
});
