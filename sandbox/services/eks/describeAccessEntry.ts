import { createHash } from 'node:crypto';
import type { DescribeAccessEntryRequest, DescribeAccessEntryResponse } from '@aws-sdk/client-eks';
import { type Account, AwsError, operation } from '../../account.ts';
import { clusterNamed } from './associations.ts';

/** `arn:aws:eks:REGION:ACCOUNT:access-entry/CLUSTER/role/ACCOUNT/NAME/ID` (Service Authorization Reference, Amazon EKS). */
function accessEntryArn({ region, id }: Pick<Account, 'region' | 'id'>, cluster: string, principalArn: string): string {
  const [, , , , owner = '', resource = ''] = principalArn.split(':');
  const [type = ''] = resource.split('/');
  const own = createHash('sha256').update(`${cluster} ${principalArn}`).digest('hex').slice(0, 32);
  return `arn:aws:eks:${region}:${id}:access-entry/${cluster}/${type}/${owner}/${resource.split('/').at(-1)}/${own}`;
}

/** Whom a cluster lets in. */
export const describeAccessEntry = operation<DescribeAccessEntryRequest, DescribeAccessEntryResponse>(
  ({ clusterName = '', principalArn = '' }, account) => [
    { action: 'eks:DescribeAccessEntry', resource: accessEntryArn(account, clusterName, principalArn) },
  ],
  ({ clusterName = '', principalArn = '' }, { account }) => {
    const { accessEntries, createdAt } = clusterNamed(account, clusterName);
    const found = accessEntries.find((entry) => entry.principalArn === principalArn);
    if (found === undefined) {
      const message = `The specified principalArn could not be found. You cannot describe the access entry of ${principalArn}.`;
      throw new AwsError('ResourceNotFoundException', message, 404);
    }
    const at = new Date(createdAt);
    return {
      accessEntry: {
        clusterName,
        principalArn,
        kubernetesGroups: [...found.groups],
        accessEntryArn: accessEntryArn(account, clusterName, principalArn),
        createdAt: at,
        modifiedAt: at,
        tags: {},
        type: 'STANDARD',
      },
    };
  },
);
