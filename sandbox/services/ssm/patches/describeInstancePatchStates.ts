import type {
  DescribeInstancePatchStatesRequest,
  DescribeInstancePatchStatesResult,
  InstancePatchState,
} from '@aws-sdk/client-ssm';
import { operation } from '../../../account.ts';
import { atMost, checkNodeId, invalid, sizeWithin } from '../limits.ts';
import { type ManagedNode, managedNodes, nodeArn } from '../nodes/state.ts';
import { pageOf } from '../page.ts';
import { baselineIdOf } from './baseline.ts';
import { isCompliant, type Patch, type PatchState } from './patch.ts';
import type { PatchReport } from './report.ts';

const isSecurity = ({ classification }: Patch): boolean => classification.startsWith('Security');
const isCritical = ({ complianceLevel }: Patch): boolean => complianceLevel === 'CRITICAL';

function counts({ patches }: PatchReport) {
  const inState = (wanted: PatchState): number => patches.filter(({ state }) => state === wanted).length;
  const wanting = patches.filter((patch) => !isCompliant(patch));
  return {
    InstalledCount: inState('Installed'),
    InstalledOtherCount: inState('InstalledOther'),
    InstalledPendingRebootCount: inState('InstalledPendingReboot'),
    InstalledRejectedCount: inState('InstalledRejected'),
    MissingCount: inState('Missing'),
    FailedCount: inState('Failed'),
    NotApplicableCount: 0,
    UnreportedNotApplicableCount: 0,
    CriticalNonCompliantCount: wanting.filter(isCritical).length,
    SecurityNonCompliantCount: wanting.filter(isSecurity).length,
    OtherNonCompliantCount: wanting.filter((patch) => !isCritical(patch) && !isSecurity(patch)).length,
  };
}

function described(node: ManagedNode, report: PatchReport): InstancePatchState {
  const { operation: done, rebootOption, lastNoRebootInstallAt } = report;
  return {
    InstanceId: node.id,
    PatchGroup: node.patchGroup,
    BaselineId: baselineIdOf(node),
    SnapshotId: report.snapshotId,
    Operation: done,
    OperationStartTime: new Date(report.startedAt),
    OperationEndTime: new Date(report.endedAt),
    ...(rebootOption === undefined ? {} : { RebootOption: rebootOption }),
    ...(lastNoRebootInstallAt === undefined
      ? {}
      : { LastNoRebootInstallOperationTime: new Date(lastNoRebootInstallAt) }),
    ...counts(report),
  };
}

/** What the last patch operation of each said: a node that had none, and one that is not there, is left out. */
export const describeInstancePatchStates = operation<
  DescribeInstancePatchStatesRequest,
  DescribeInstancePatchStatesResult
>(
  (input, account) =>
    (input.InstanceIds ?? []).map((id) => ({
      action: 'ssm:DescribeInstancePatchStates',
      resource: nodeArn(account, id),
    })),
  (input, { account }) => {
    if (input.InstanceIds === undefined) throw invalid('instanceIds', 'Member must not be null');
    const ids = atMost('instanceIds', input.InstanceIds, 50).map((id) => checkNodeId('instanceIds', id));
    const states = ids.flatMap((id) => {
      const node = managedNodes(account).get(id);
      return node?.report === undefined ? [] : [described(node, node.report)];
    });
    const { items, ...rest } = pageOf(states, input.NextToken, sizeWithin(input.MaxResults, 50, 10, 100));
    return { InstancePatchStates: [...items], ...rest };
  },
);
