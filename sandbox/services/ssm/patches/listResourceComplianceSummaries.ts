import type {
  ListResourceComplianceSummariesRequest,
  ListResourceComplianceSummariesResult,
  ResourceComplianceSummaryItem,
  SeveritySummary,
} from '@aws-sdk/client-ssm';
import { operation } from '../../../account.ts';
import { sizeWithin } from '../limits.ts';
import { type ManagedNode, managedNodes } from '../nodes/state.ts';
import { pageOf } from '../page.ts';
import { wantedItems } from './complianceFilters.ts';
import { COMPLIANCE_LEVELS, type ComplianceLevel, isCompliant, isNodeCompliant, type Patch } from './patch.ts';
import type { PatchReport } from './report.ts';

function bySeverity(patches: readonly Patch[]): SeveritySummary {
  const of = (level: ComplianceLevel): number =>
    patches.filter(({ complianceLevel }) => complianceLevel === level).length;
  return {
    CriticalCount: of('CRITICAL'),
    HighCount: of('HIGH'),
    MediumCount: of('MEDIUM'),
    LowCount: of('LOW'),
    InformationalCount: of('INFORMATIONAL'),
    UnspecifiedCount: of('UNSPECIFIED'),
  };
}

function summaryOf(node: ManagedNode, report: PatchReport): ResourceComplianceSummaryItem {
  const compliant = report.patches.filter(isCompliant);
  const wanting = report.patches.filter((patch) => !isCompliant(patch));
  const worst = COMPLIANCE_LEVELS.find((level) => wanting.some(({ complianceLevel }) => complianceLevel === level));
  return {
    ComplianceType: 'Patch',
    ResourceType: 'ManagedInstance',
    ResourceId: node.id,
    Status: isNodeCompliant(report) ? 'COMPLIANT' : 'NON_COMPLIANT',
    OverallSeverity: worst ?? 'UNSPECIFIED',
    ExecutionSummary: {
      ExecutionTime: new Date(report.endedAt),
      ExecutionType: 'Command',
      ...(report.commandId === undefined ? {} : { ExecutionId: report.commandId }),
    },
    CompliantSummary: { CompliantCount: compliant.length, SeveritySummary: bySeverity(compliant) },
    NonCompliantSummary: { NonCompliantCount: wanting.length, SeveritySummary: bySeverity(wanting) },
  };
}

const KNOWN: Readonly<Record<string, (item: ResourceComplianceSummaryItem) => string | undefined>> = {
  ComplianceType: ({ ComplianceType }) => ComplianceType,
  OverallSeverity: ({ OverallSeverity }) => OverallSeverity,
  ResourceId: ({ ResourceId }) => ResourceId,
  Status: ({ Status }) => Status,
};

/** Each node that has reported its patches, and whether it is compliant. IAM does not scope it. */
export const listResourceComplianceSummaries = operation<
  ListResourceComplianceSummariesRequest,
  ListResourceComplianceSummariesResult
>(
  () => [{ action: 'ssm:ListResourceComplianceSummaries', resource: '*' }],
  (input, { account }) => {
    const found = [...managedNodes(account).values()]
      .flatMap((node) => (node.report === undefined ? [] : [summaryOf(node, node.report)]))
      .filter(wantedItems(input.Filters, KNOWN));
    const { items, ...rest } = pageOf(found, input.NextToken, sizeWithin(input.MaxResults, 50, 1, 50));
    return { ResourceComplianceSummaryItems: [...items], ...rest };
  },
);
