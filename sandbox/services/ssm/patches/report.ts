import type { PatchOperationType, RebootOption } from '@aws-sdk/client-ssm';
import type { Account } from '../../../account.ts';
import type { ManagedNode } from '../nodes/state.ts';
import { tellCompliance } from './complianceEvent.ts';
import { isNodeCompliant, type Patch } from './patch.ts';

/** What a patch operation found, as Patch Manager keeps it until the next one. Times are milliseconds since the epoch. */
export interface PatchReport {
  readonly operation: PatchOperationType;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly snapshotId: string;
  /** Of an Install. */
  readonly rebootOption?: RebootOption;
  /** The command that it was part of; absent for what the account file says. */
  readonly commandId?: string;
  readonly documentName?: string;
  /** The last Install with NoReboot. */
  readonly lastNoRebootInstallAt?: number;
  readonly patches: readonly Patch[];
}

/** The node reports. It is told to EventBridge where it changes the node's compliance. */
export function report(
  account: Account,
  node: ManagedNode,
  operation: Omit<PatchReport, 'endedAt' | 'patches' | 'lastNoRebootInstallAt'>,
): void {
  const before = node.report;
  const now = account.clock.now();
  const lastNoReboot = operation.rebootOption === 'NoReboot' ? now : before?.lastNoRebootInstallAt;
  node.report = {
    ...operation,
    endedAt: now,
    ...(lastNoReboot === undefined ? {} : { lastNoRebootInstallAt: lastNoReboot }),
    patches: [...node.patches.values()],
  };
  if (before === undefined || isNodeCompliant(before) !== isNodeCompliant(node.report)) {
    tellCompliance(account, node, node.report);
  }
}
