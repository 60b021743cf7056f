import { type Account, AwsError } from '../../account.ts';
import { clusters } from '../ecs/state.ts';
import { targetGroupArn } from '../ecs/targets.ts';

/** Names of the target groups that services are behind, each once. */
export const groupNames = (account: Account): readonly string[] => {
  const services = [...clusters(account).values()].flatMap((cluster) => [...cluster.services.values()]);
  return [...new Set(services.flatMap(({ targetGroup }) => targetGroup ?? []))];
};

/** The name of the group with an ARN. Throws AwsError TargetGroupNotFound. */
export function groupNamed(account: Account, arn: string): string {
  const name = groupNames(account).find((each) => targetGroupArn(account, each) === arn);
  if (name !== undefined) return name;
  throw new AwsError('TargetGroupNotFound', `Target groups '${arn}' not found`);
}
