import { type Account, AwsError } from '../../account.ts';
import { servedPort } from '../ecs/ports.ts';
import { clusters, type StoredService } from '../ecs/state.ts';
import { targetGroupArn, targetTypeOf } from '../ecs/targets.ts';

const services = (account: Account): readonly StoredService[] =>
  [...clusters(account).values()].flatMap((cluster) => [...cluster.services.values()]);

/** Names of the target groups that services are behind, each once. */
export const groupNames = (account: Account): readonly string[] => [
  ...new Set(services(account).flatMap(({ targetGroup }) => targetGroup ?? [])),
];

/** The name of the group with an ARN. Throws AwsError TargetGroupNotFound. */
export function groupNamed(account: Account, arn: string): string {
  const name = groupNames(account).find((each) => targetGroupArn(account, each) === arn);
  if (name !== undefined) return name;
  throw new AwsError('TargetGroupNotFound', `Target groups '${arn}' not found`);
}

/** What a group takes, and the port that a target has which names none: those of the first service that is behind it. */
export function kindOfGroup(
  account: Account,
  name: string,
): { readonly type: 'ip' | 'instance'; readonly port: number } {
  const service = services(account).find(({ targetGroup }) => targetGroup === name);
  if (service === undefined) throw new Error(`No service is behind ${name}`);
  return { type: targetTypeOf(service), port: servedPort(service.definition).containerPort };
}
