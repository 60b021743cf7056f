import type { Target } from '@aws-sdk/client-ssm';
import { type Account, AwsError, slice } from '../../../account.ts';
import { targeted } from '../commands/targets.ts';
import { invalid } from '../limits.ts';
import { type ManagedNode, managedNodes } from '../nodes/state.ts';

/** How an association stands on one node: the values that AWS answers with (user guide, "About association statuses"). */
export type Standing = 'Pending' | 'InProgress' | 'Success' | 'Failed';

/** One node of one execution. Times are milliseconds since the epoch. */
export interface ExecutionTarget {
  readonly nodeId: string;
  status: Standing;
  at: number;
}

export interface Execution {
  readonly id: string;
  readonly createdAt: number;
  /** By the node's id. */
  readonly targets: Map<string, ExecutionTarget>;
}

export interface StoredAssociation {
  readonly id: string;
  /** Absent for one that has none. */
  readonly name?: string;
  readonly document: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly targets: readonly Target[];
  /** The parameter of a runbook that takes the targets; absent for what is no runbook. */
  readonly automationTarget?: string;
  readonly createdAt: number;
  /** Nodes on which it fails whenever it is applied. */
  readonly failsOn: readonly string[];
  /** Newest first. */
  readonly executions: Execution[];
}

/** By id, in the order of the account file. */
export const associations = slice('ssm.associations', () => new Map<string, StoredAssociation>());

export const associationArn = (account: Account, id: string): string =>
  `arn:aws:ssm:${account.region}:${account.id}:association/${id}`;

const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** Throws AwsError ValidationException for an id that is none. */
export function checkUuid(field: string, id: string | undefined): string {
  if (id === undefined) throw invalid(field, 'Member must not be null');
  if (UUID.test(id)) return id;
  throw invalid(
    field,
    'Member must satisfy regular expression pattern: [0-9a-fA-F]{8}\\-[0-9a-fA-F]{4}\\-[0-9a-fA-F]{4}\\-[0-9a-fA-F]{4}\\-[0-9a-fA-F]{12}',
  );
}

/** Throws AwsError AssociationDoesNotExist. */
export function associationOf(account: Account, id: string | undefined): StoredAssociation {
  const found = associations(account).get(checkUuid('associationId', id));
  if (found === undefined) throw new AwsError('AssociationDoesNotExist', 'The specified association does not exist.');
  return found;
}

const isEveryNode = ({ Key = '', Values = [] }: Target): boolean =>
  Key.toLowerCase() === 'instanceids' && Values.includes('*');

/** The managed nodes that it is applied to now, whatever their agents do. */
export const nodesOf = (account: Account, { targets }: StoredAssociation): readonly ManagedNode[] =>
  targets.some(isEveryNode) ? [...managedNodes(account).values()] : targeted(account, targets);

/** How it stands on a node: as its newest execution there says; undefined where it never was applied. */
export const standingOn = ({ executions }: StoredAssociation, nodeId: string): ExecutionTarget | undefined =>
  executions.find(({ targets }) => targets.has(nodeId))?.targets.get(nodeId);

const WORST: readonly Standing[] = ['Failed', 'InProgress', 'Pending', 'Success'];

/** Of several nodes, the standing that AWS gives the whole. */
export const worstOf = (all: readonly { readonly status: Standing }[]): Standing =>
  WORST.find((one) => all.some(({ status }) => status === one)) ?? 'Pending';

/** `{Success=1, Failed=2}`, as DescribeAssociationExecutions shows it. */
export function countsOf(all: readonly { readonly status: Standing }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of all) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
