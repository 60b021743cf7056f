import type { CreateSecurityGroupResult } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../sandbox/account.ts';
import { authorise } from '../../../../sandbox/iam/authorise.ts';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { authorizeSecurityGroupIngress } from '../../../../sandbox/services/ec2/authorizeSecurityGroupIngress.ts';
import { createSecurityGroup } from '../../../../sandbox/services/ec2/createSecurityGroup.ts';
import { createTags } from '../../../../sandbox/services/ec2/createTags.ts';
import { deleteSecurityGroup } from '../../../../sandbox/services/ec2/deleteSecurityGroup.ts';
import { modifyNetworkInterfaceAttribute } from '../../../../sandbox/services/ec2/modifyNetworkInterfaceAttribute.ts';
import { revokeSecurityGroupEgress } from '../../../../sandbox/services/ec2/revokeSecurityGroupEgress.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { runOn } from '../runOn.ts';
import { policyOf } from '../throughDoor.ts';
import { quarantine } from './newGroup.ts';

const tagged = (Value: string) => [{ ResourceType: 'security-group', Tags: [{ Key: 'for', Value }] }];
const groups = 'arn:aws:ec2:*:*:security-group/*';
const onlyMine = (key: string) => ({ Condition: { StringEquals: { [`aws:${key}/for`]: 'mine' } } });

/** A group with a tag, and a role that may change those with another value of it or none. */
async function asked(operation: Operation, group: string | undefined, input: object = {}) {
  const fake = fakeAccount();
  const { account } = fake;
  const TagSpecifications = group === undefined ? [] : tagged(group);
  const made = { ...quarantine, TagSpecifications };
  const { GroupId } = await runOn(fake)<CreateSecurityGroupResult>(createSecurityGroup, made);
  createRole(account, {
    name: 'step',
    arn: `arn:aws:iam::${account.id}:role/step`,
    trust: policyOf({ Effect: 'Allow', Principal: { AWS: account.id }, Action: 'sts:AssumeRole' }),
    policies: [
      {
        name: 'own',
        document: policyOf(
          { Effect: 'Allow', Action: 'ec2:*', Resource: groups, ...onlyMine('ResourceTag') },
          { Effect: 'Allow', Action: 'ec2:CreateSecurityGroup', Resource: groups, ...onlyMine('RequestTag') },
          { Effect: 'Allow', Action: 'ec2:CreateSecurityGroup', Resource: 'arn:aws:ec2:*:*:vpc/*' },
        ),
      },
    ],
  });
  credentialsFor(account, 'step', 'test', []);
  const caller = {
    kind: 'role',
    roleName: 'step',
    arn: `arn:aws:sts::${account.id}:assumed-role/step/test`,
    sessionPolicies: [],
  } as const;
  const needed = operation.needs({ GroupId, Resources: [GroupId], Groups: [GroupId], ...input } as never, account);
  const ofGroups = needed.filter(({ resource }) => !/network-interface/.test(resource));
  return () => authorise(account, caller, ofGroups);
}

const changes: readonly (readonly [string, Operation])[] = [
  ['AuthorizeSecurityGroupIngress', authorizeSecurityGroupIngress],
  ['RevokeSecurityGroupEgress', revokeSecurityGroupEgress],
  ['DeleteSecurityGroup', deleteSecurityGroup],
  ['ModifyNetworkInterfaceAttribute', modifyNetworkInterfaceAttribute],
  ['CreateTags', createTags],
];

describe.each(changes)('%s under a policy that names a tag', (_name, operation) => {
  it('may change a group that has it, and none that has another value or none', async () => {
    expect(await asked(operation, 'mine')).not.toThrow();
    expect(await asked(operation, 'theirs')).toThrow('not authorized');
    expect(await asked(operation, undefined)).toThrow('not authorized');
  });
});

it('CreateSecurityGroup is asked about the tags that the group is to have', async () => {
  const making = async (value?: string) => {
    const TagSpecifications = value === undefined ? [] : tagged(value);
    return asked(createSecurityGroup, undefined, { ...quarantine, TagSpecifications });
  };
  // That it may be tagged is asked besides.
  expect(await making('mine')).toThrow(/not authorized to perform: ec2:CreateTags/);
  expect(await making('theirs')).toThrow(/not authorized to perform: ec2:CreateSecurityGroup/);
  expect(await making()).toThrow(/not authorized to perform: ec2:CreateSecurityGroup/);
});
