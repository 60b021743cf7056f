import type { PingStatus, PlatformType } from '@aws-sdk/client-ssm';
import { type Account, AwsError, slice } from '../../../account.ts';
import type { Patch } from '../patches/patch.ts';
import type { PatchReport } from '../patches/report.ts';

/** What a node does with a command, as the account file says. The first that fits is taken. */
export interface Behaviour {
  /** Of this document alone; without it, of each. */
  readonly document?: string;
  /** Only where this is part of the script that is run. */
  readonly script?: string;
  /** How long it takes, without a reboot; without it, as long as such a thing takes here. */
  readonly seconds?: number;
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** False: the agent takes it and is not heard of again. */
  readonly answers: boolean;
}

/** A managed node: a host whose agent is registered with Systems Manager. Times are milliseconds since the epoch. */
export interface ManagedNode {
  /** `i-…` of an EC2 instance, `mi-…` of another machine. */
  readonly id: string;
  readonly platform: { readonly type: PlatformType; readonly name: string; readonly version: string };
  readonly agentVersion: string;
  readonly registeredAt: number;
  readonly tags: { readonly [key: string]: string };
  /** Empty for the default one. */
  readonly patchGroup: string;
  readonly behaviours: readonly Behaviour[];
  ping: PingStatus;
  /** When the agent was last heard; absent while it is Online. */
  lastHeardAt?: number;
  /** When a reboot under way ends. */
  rebootEndsAt?: number;
  /** What is so on the machine. */
  readonly patches: Map<string, Patch>;
  /** What the last patch operation said of it; absent before the first. */
  report?: PatchReport;
}

/** By id. */
export const managedNodes = slice('ssm.nodes', () => new Map<string, ManagedNode>());

/** What IAM is asked about a node: an EC2 instance is EC2's. */
export const nodeArn = (account: Account, id: string): string =>
  id.startsWith('mi-') ? managedInstanceArn(account, id) : `arn:aws:ec2:${account.region}:${account.id}:instance/${id}`;

/** The node as Systems Manager names it in compliance events, whatever it is. */
export const managedInstanceArn = (account: Account, id: string): string =>
  `arn:aws:ssm:${account.region}:${account.id}:managed-instance/${id}`;

/** AWS's words for a node that is not there, and for one that does not answer: one such id fails the whole call. */
export const notValid = (account: Account, ids: readonly string[]): AwsError =>
  new AwsError('InvalidInstanceId', `Instances [[${ids.join(', ')}]] not in a valid state for account ${account.id}`);
