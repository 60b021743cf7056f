import { AwsError } from '../../account.ts';
import type { ContainerInstance } from './state.ts';

const ONE = /^\s*ec2InstanceId\s*==\s*(i-[0-9a-f]+)\s*$/;
const SEVERAL = /^\s*ec2InstanceId\s+in\s*\[([^\]]*)\]\s*$/;

/**
 * The cluster query language (Amazon ECS developer guide, "Cluster query language"), as far as it asks for EC2 instances: `ec2InstanceId ==
 * i-…` and `ec2InstanceId in ['i-…', 'i-…']`. Throws AwsError for any other expression.
 */
export function wantedBy(filter: string | undefined): (instance: ContainerInstance) => boolean {
  if (filter === undefined || filter === '') return () => true;
  const one = ONE.exec(filter)?.[1];
  const several = SEVERAL.exec(filter)?.[1];
  const ids = one === undefined ? several?.split(',').map((id) => id.trim().replace(/^(['"]?)(.*)\1$/, '$2')) : [one];
  if (ids === undefined) {
    throw new AwsError('UnsupportedFeatureException', `This account does not model the filter ${filter}`);
  }
  return ({ ec2InstanceId }) => ids.includes(ec2InstanceId);
}
