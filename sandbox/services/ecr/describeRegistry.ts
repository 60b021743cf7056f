import type { DescribeRegistryRequest, DescribeRegistryResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { replication } from './replication.ts';

export const describeRegistry = operation<DescribeRegistryRequest, DescribeRegistryResponse>(
  () => [{ action: 'ecr:DescribeRegistry', resource: '*' }],
  (_input, { account }) => ({
    registryId: account.id,
    replicationConfiguration: { rules: [...replication(account).rules] },
  }),
);
