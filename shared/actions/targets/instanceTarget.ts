import type { Instance } from '@aws-sdk/client-ec2';
import type { InstanceInformation } from '@aws-sdk/client-ssm';
import type { Reads } from '../../account/reads.ts';
import { ActionFailed, TargetGone } from '../../platform/errors.ts';
import type { Target } from '../contract.ts';

export type InstanceTarget = Target<'instance'>;

const shape = /^arn:(aws(?:-[a-z]+)*):ec2:([a-z0-9-]+):(\d{12}):instance\/(i-[0-9a-f]{8,17})$/;

export interface InstancePlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** A target comes from an event, and a `*` in it would widen the policy. Throws ActionFailed for what is no instance's ARN. */
export function placeOfInstance({ arn, account, region, id }: InstanceTarget): InstancePlace {
  const [, partition, ofRegion, ofAccount, ofId] = shape.exec(arn) ?? [];
  if (partition === undefined || ofRegion !== region || ofAccount !== account || ofId !== id) {
    throw new ActionFailed('The host has no valid ARN, so no permission is given for it', { evidence: { arn, id } });
  }
  return { partition, account, region };
}

const over = ['shutting-down', 'terminated'];

/** As EC2 shows it, whatever its state: for about an hour one that is terminated, too. Throws TargetGone when it is shown no more. */
export async function describeInstance({ aws, call }: Reads, id: string): Promise<Instance> {
  const { client, DescribeInstancesCommand } = await aws.ec2();
  const { Reservations = [] } = await client.send(new DescribeInstancesCommand({ InstanceIds: [id] }), call);
  const instance = Reservations.flatMap(({ Instances = [] }) => Instances).find(({ InstanceId }) => InstanceId === id);
  if (instance === undefined) throw new TargetGone(`${id} is not there any more`);
  return instance;
}

/** The instance itself. Throws TargetGone when it is not there, or about to be gone for good. */
export async function readInstance(read: Reads, id: string): Promise<Instance> {
  const instance = await describeInstance(read, id);
  if (over.includes(instance.State?.Name ?? '')) throw new TargetGone(`${id} is not there any more`);
  return instance;
}

/** The service of AWS that manages it; null for one that its owner manages. */
export const operatorOf = ({ Operator }: Instance): string | null =>
  Operator?.Managed === true ? (Operator.Principal ?? 'a service of AWS') : null;

/** The tag that Auto Scaling puts on what it launches (Amazon EC2 Auto Scaling user guide, "Tag Auto Scaling groups and instances"). */
const groupTag = 'aws:autoscaling:groupName';

/** Name of its Auto Scaling group; null for none. */
export const scalingGroupOf = ({ Tags = [] }: Instance): string | null =>
  Tags.find(({ Key }) => Key === groupTag)?.Value ?? null;

/** As Systems Manager knows it; undefined where it does not manage it. */
export async function readNode(read: Reads, id: string): Promise<InstanceInformation | undefined> {
  const { client, DescribeInstanceInformationCommand } = await read.aws.ssm();
  const Filters = [{ Key: 'InstanceIds', Values: [id] }];
  const { InstanceInformationList: list = [] } = await client.send(
    new DescribeInstanceInformationCommand({ Filters }),
    read.call,
  );
  return list.find(({ InstanceId }) => InstanceId === id);
}
