import { type Account, slice } from '../../account.ts';
import type { Ec2Instance } from '../ecs/state.ts';

/** An Elastic IP address of the account, on an instance or kept for later. */
export interface ElasticIp {
  readonly publicIp: string;
  readonly allocationId: string;
  /** Of the one that it has with its instance. */
  readonly associationId: string;
  /** Id of the instance; undefined where none has it. */
  readonly instance: string | undefined;
  readonly tags: { readonly [name: string]: string };
}

/** By address. */
export const elasticIps = slice('ec2.elasticIps', () => new Map<string, ElasticIp>());

/** The one that a network interface has, by its host; nothing else has one here. */
export const elasticOf = (account: Account, { host }: { readonly host?: Ec2Instance }): ElasticIp | undefined =>
  host === undefined
    ? undefined
    : [...elasticIps(account).values()].find(({ instance }) => instance === host.ec2InstanceId);
