import { EC2Client, ModifyInstanceMetadataOptionsCommand } from '@aws-sdk/client-ec2';
import { hosts } from '../../../sandbox/services/ec2/interfaces.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { configFinding } from '../../system/configFinding.ts';
import type { ActionCase } from '../actionCase.ts';

const id = 'i-0ca5e500000000d2a';
const other = 'i-0ca5e500000000d2b';
const metadata = { tokens: 'optional', hopLimit: 2 };
const launchedAt = '2026-01-01T00:00:00Z';
const set = (InstanceId: string, HttpTokens: 'optional' | 'required') => (ec2: EC2Client) =>
  ec2.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId, HttpTokens }));

/** A host that has run for months, on which nothing asks without a token. */
export const it: ActionCase = {
  action: 'ec2.require-imdsv2',
  world: (tags) => ({
    instances: [
      { ec2InstanceId: id, tags, launchedAt, metadata },
      { ec2InstanceId: other, launchedAt, metadata },
    ],
  }),
  target: ({ account, region }) => ({
    ...{ kind: 'instance', id, account, region },
    arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
  }),
  finding: (stage) => configFinding(stage, 'config-instance', id),
  when: ['compliance: { rule: [ec2-imdsv2-check] }', `resource: { kind: [instance], id: [${id}] }`, 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      hosts(account).map(({ ec2InstanceId, metadata: { tokens } }) => [`tokens of ${ec2InstanceId}`, tokens]),
    ),
  changes: { of: `tokens of ${id}`, from: 'optional', to: 'required' },
  byHand: (stage) => asAdministrator(stage, EC2Client, set(id, 'optional')),
  call: 'ModifyInstanceMetadataOptions',
  elsewhere: { 'ec2:ModifyInstanceMetadataOptions': [{ call: ({ ec2 }) => set(other, 'required')(ec2) }] },
};
