import type { DescribeNetworkAclsRequest, DescribeNetworkAclsResult } from '@aws-sdk/client-ec2';
import { operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { aclsNamed, describedAcl, networkAcls, type StoredAcl } from './networkAcls.ts';
import { page } from './page.ts';
import { SUBNET, VPC } from './vpc.ts';

/** Network ACLs with their entries. IAM does not scope it. */
export const describeNetworkAcls = operation<DescribeNetworkAclsRequest, DescribeNetworkAclsResult>(
  () => [{ action: 'ec2:DescribeNetworkAcls', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { NetworkAclIds: ids } = input;
    const isWanted = matcherOf<StoredAcl>(
      input.Filters ?? [],
      {
        'association.subnet-id': ({ subnet }) => (subnet ? SUBNET : []),
        default: ({ isDefault }) => String(isDefault),
        'network-acl-id': ({ id }) => id,
        'owner-id': () => account.id,
        'vpc-id': () => VPC,
      },
      ({ tags }) => tags,
    );
    const all = ids === undefined ? [...networkAcls(account).values()] : aclsNamed(account, ids);
    const { items, rest } = page(all.filter(isWanted), input, ids && 'NetworkAclIds');
    return { NetworkAcls: items.map((acl) => describedAcl(account, acl)), ...rest };
  },
);
