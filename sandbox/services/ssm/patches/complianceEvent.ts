import type { Account } from '../../../account.ts';
import { putServiceEvent } from '../../eventbridge/bus.ts';
import { type ManagedNode, managedInstanceArn } from '../nodes/state.ts';
import { baselineIdOf } from './baseline.ts';
import { COMPLIANCE_LEVELS, isCompliant, isNodeCompliant } from './patch.ts';
import type { PatchReport } from './report.ts';

/**
 * Emits `Configuration Compliance State Change` of patches (Systems Manager user guide, EventBridge event samples). `severity` is
 * the worst compliance level: of what is not compliant, or of a compliant node's patches.
 */
export function tellCompliance(account: Account, node: ManagedNode, report: PatchReport): void {
  const compliant = isNodeCompliant(report);
  const levels = report.patches
    .filter((patch) => compliant || !isCompliant(patch))
    .map(({ complianceLevel }) => complianceLevel);
  const severity = COMPLIANCE_LEVELS.find((level) => levels.includes(level)) ?? 'UNSPECIFIED';
  putServiceEvent(account, {
    source: 'aws.ssm',
    detailType: 'Configuration Compliance State Change',
    resources: [managedInstanceArn(account, node.id)],
    detail: {
      'resource-type': 'managed-instance',
      'resource-id': node.id,
      'compliance-status': compliant ? 'compliant' : 'non_compliant',
      'compliance-type': 'Patch',
      'patch-baseline-id': baselineIdOf(node),
      severity: severity.toLowerCase(),
    },
  });
}
