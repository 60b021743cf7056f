import type {
  DescribeClustersRequest,
  DescribeClustersResponse,
  Cluster as Described,
  Failure,
} from '@aws-sdk/client-ecs';
import { type Account, AwsError, operation } from '../../account.ts';
import { describedCluster, INCLUDES } from './describe/cluster.ts';
import { clusters, ecsArn, lastPart, named } from './state.ts';

const most = 100;

const askedOf = ({ clusters: asked }: DescribeClustersRequest): readonly string[] =>
  asked === undefined || asked.length === 0 ? ['default'] : asked;

const arnFor = (account: Account, name: string): string =>
  name.startsWith('arn:') ? name : ecsArn(account, `cluster/${lastPart(name)}`);

/** Up to 100 by name or ARN; without any, `default`. What is not there is among the failures. */
export const describeClusters = operation<DescribeClustersRequest, DescribeClustersResponse>(
  (input, account) =>
    askedOf(input).map((name) => ({
      action: 'ecs:DescribeClusters',
      resource: ecsArn(account, `cluster/${lastPart(name)}`),
    })),
  (input, { account }) => {
    const asked = askedOf(input);
    const odd = input.include?.find((field) => !INCLUDES.includes(field));
    if (odd !== undefined) throw new AwsError('InvalidParameterException', `Unknown include: ${odd}`);
    if (asked.length > most) {
      throw new AwsError('InvalidParameterException', `Clusters cannot have more than ${most} elements.`);
    }
    const found: Described[] = [];
    const failures: Failure[] = [];
    for (const name of asked) {
      const cluster = named(clusters(account), name);
      if (cluster === undefined) failures.push({ arn: arnFor(account, name), reason: 'MISSING' });
      else found.push(describedCluster(cluster, input.include ?? []));
    }
    return { clusters: found, failures };
  },
);
