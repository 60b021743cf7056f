import { composeArn, type Place } from './place.ts';
import type { SecurityGroupResource } from './resource.ts';

/** 8 hex digits of old groups, 17 of others (EC2 user guide, "Resource IDs"). */
export const groupId = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
export const groupArn = ['ec2', /^security-group\/(sg-(?:[0-9a-f]{8}|[0-9a-f]{17}))$/] as const;

export const securityGroup = (id: string, place: Place): SecurityGroupResource => ({
  kind: 'security-group',
  id,
  arn: composeArn('ec2', place, `security-group/${id}`),
});
