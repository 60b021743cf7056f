import { ec2Instance } from '../instance.ts';
import { arnOf, composeArn, type Place } from '../place.ts';
import type { InstanceResource, ManagedInstanceResource } from '../resource.ts';

/**
 * Ids of nodes: 8 or 17 hex digits of an instance, 17 of any other node (Systems Manager API, "InstanceId"). Not within a longer word:
 * in `mi-` with too few digits, the instance behind the m is none.
 */
const nodeIds = /(?<![\w-])(?:i-[0-9a-f]{8}(?:[0-9a-f]{9})?|mi-[0-9a-f]{17})(?![\w-])/g;

/**
 * The node that an id names, alone, in an ARN or behind a type (`AWS::SSM::ManagedInstanceInventory/i-…`, as it is believed to be for patches
 * and associations). Null where it names none, or several, or one that lies elsewhere.
 */
export function nodeIn(id: string, place: Place): InstanceResource | ManagedInstanceResource | null {
  const [node, ...more] = new Set(id.match(nodeIds) ?? []);
  if (node === undefined || more.length > 0 || liesElsewhere(id, place)) return null;
  if (node.startsWith('i-')) return ec2Instance(node, place);
  return { kind: 'managed-instance', id: node, arn: composeArn('ssm', place, `managed-instance/${node}`) };
}

function liesElsewhere(id: string, { account, region }: Place): boolean {
  if (!id.startsWith('arn:')) return false;
  const arn = arnOf(id);
  return arn?.account !== account || arn.region !== region;
}
