import type { DescribeSubnetsRequest, DescribeSubnetsResult, Subnet } from '@aws-sdk/client-ec2';
import { operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { named } from './ids.ts';
import { page } from './page.ts';
import { CIDR, ec2Arn, SUBNET, VPC } from './vpc.ts';

const kind = { code: 'InvalidSubnetID', noun: 'subnet', prefix: 'subnet' };
const idOf = ({ SubnetId = '' }: Subnet): string => SubnetId;

/** The one that there is. IAM does not scope it. */
export const describeSubnets = operation<DescribeSubnetsRequest, DescribeSubnetsResult>(
  () => [{ action: 'ec2:DescribeSubnets', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { SubnetIds: ids } = input;
    const one: Subnet = {
      SubnetId: SUBNET,
      SubnetArn: ec2Arn(account, `subnet/${SUBNET}`),
      VpcId: VPC,
      OwnerId: account.id,
      CidrBlock: CIDR,
      State: 'available',
      AvailabilityZone: `${account.region}a`,
      DefaultForAz: false,
      MapPublicIpOnLaunch: false,
    };
    const isWanted = matcherOf<Subnet>(input.Filters ?? [], {
      'availability-zone': () => `${account.region}a`,
      'cidr-block': () => CIDR,
      'owner-id': () => account.id,
      state: () => 'available',
      'subnet-id': () => SUBNET,
      'vpc-id': () => VPC,
    });
    const found = (ids === undefined ? [one] : named([one], ids, idOf, kind)).filter(isWanted);
    const { items, rest } = page(found, input, ids && 'SubnetIds');
    return { Subnets: items, ...rest };
  },
);
