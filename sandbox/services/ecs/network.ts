import { createHash } from 'node:crypto';
import { type Account, slice } from '../../account.ts';
import { DEFAULT_GROUP, SUBNET } from '../ec2/vpc.ts';
import { clusters, type TaskNetwork } from './state.ts';

const lastAddress = slice('ecs.addresses', () => ({ number: 0, hosts: 0 }));

/** The address of a new host: from the end of 10.0.0.0/16, while tasks take theirs from its beginning. */
export function newHostAddress(account: Account): string {
  const counter = lastAddress(account);
  counter.hosts += 1;
  const host = 0xffff - counter.hosts;
  return `10.0.${Math.floor(host / 256)}.${host % 256}`;
}

/** A new interface for a task. Its ids follow from the task's, its address is the next of 10.0.0.0/16. */
export function newInterface(
  account: Account,
  taskId: string,
  securityGroups: readonly string[] = [DEFAULT_GROUP],
): TaskNetwork {
  const hash = createHash('sha256').update(taskId).digest('hex');
  const counter = lastAddress(account);
  counter.number += 1;
  const host = counter.number + 255;
  return {
    attachmentId: `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`,
    eniId: `eni-${hash.slice(32, 49)}`,
    privateIp: `10.0.${Math.floor(host / 256) % 256}.${host % 256}`,
    subnetId: SUBNET,
    macAddress: `0a:${hash.slice(50, 60).match(/../g)?.join(':')}`,
    securityGroups,
  };
}

export interface TaskInterface {
  readonly eniId: string;
  readonly privateIp: string;
  readonly subnetId: string;
  readonly macAddress: string;
  readonly securityGroups: readonly string[];
  readonly taskArn: string;
}

/** The network interfaces of the tasks that have one: until a task has stopped. */
export const taskInterfaces = (account: Account): readonly TaskInterface[] =>
  [...clusters(account).values()].flatMap(({ tasks }) =>
    [...tasks.values()].flatMap(({ arn, network, status }) =>
      network === undefined || status === 'STOPPED' ? [] : [{ ...network, taskArn: arn }],
    ),
  );
