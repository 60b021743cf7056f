import type { DescribeVpcsRequest, DescribeVpcsResult, Vpc } from '@aws-sdk/client-ec2';
import { operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { named } from './ids.ts';
import { page } from './page.ts';
import { CIDR, VPC } from './vpc.ts';

const kind = { code: 'InvalidVpcID', noun: 'vpc', prefix: 'vpc' };
const idOf = ({ VpcId = '' }: Vpc): string => VpcId;

/** The one that there is. IAM does not scope it. */
export const describeVpcs = operation<DescribeVpcsRequest, DescribeVpcsResult>(
  () => [{ action: 'ec2:DescribeVpcs', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { VpcIds: ids } = input;
    const one: Vpc = {
      VpcId: VPC,
      OwnerId: account.id,
      CidrBlock: CIDR,
      CidrBlockAssociationSet: [
        {
          AssociationId: VPC.replace('vpc-', 'vpc-cidr-assoc-'),
          CidrBlock: CIDR,
          CidrBlockState: { State: 'associated' },
        },
      ],
      State: 'available',
      IsDefault: false,
      InstanceTenancy: 'default',
    };
    const isWanted = matcherOf<Vpc>(input.Filters ?? [], {
      cidr: () => CIDR,
      'is-default': () => 'false',
      'owner-id': () => account.id,
      state: () => 'available',
      'vpc-id': () => VPC,
    });
    const found = (ids === undefined ? [one] : named([one], ids, idOf, kind)).filter(isWanted);
    const { items, rest } = page(found, input, ids && 'VpcIds');
    return { Vpcs: items, ...rest };
  },
);
