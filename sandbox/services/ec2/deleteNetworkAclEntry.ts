import type { DeleteNetworkAclEntryRequest } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { entryAsked } from './networkAclEntry.ts';
import { type AclEntry, onAcl } from './networkAcls.ts';
import { refuseOthers } from './unsupported.ts';

/** Takes out the entry of a number, in one direction, whatever it says. */
export const deleteNetworkAclEntry = operation<DeleteNetworkAclEntryRequest, object>(
  (input, account) => [onAcl(account, 'ec2:DeleteNetworkAclEntry', input.NetworkAclId)],
  (input, { account }) => {
    refuseDryRun(input);
    refuseOthers(input, ['NetworkAclId', 'RuleNumber', 'Egress', 'DryRun']);
    const { acl, number, egress } = entryAsked(account, input);
    const isAsked = (entry: AclEntry): boolean => entry.number === number && entry.egress === egress;
    if (!acl.entries.some(isAsked)) {
      const message = `The network acl entry identified by ${number} does not exist.`;
      throw new AwsError('InvalidNetworkAclEntry.NotFound', message);
    }
    acl.entries = acl.entries.filter((entry) => !isAsked(entry));
    return {};
  },
);
