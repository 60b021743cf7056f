import type { ComplianceItem, ListComplianceItemsRequest, ListComplianceItemsResult } from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../../account.ts';
import { invalid, sizeWithin } from '../limits.ts';
import { type ManagedNode, managedNodes } from '../nodes/state.ts';
import { pageOf } from '../page.ts';
import { baselineIdOf } from './baseline.ts';
import { wantedItems } from './complianceFilters.ts';
import { isCompliant, type Patch } from './patch.ts';
import type { PatchReport } from './report.ts';

function itemOf(node: ManagedNode, report: PatchReport, patch: Patch): ComplianceItem {
  const { endedAt, commandId, documentName } = report;
  return {
    ComplianceType: 'Patch',
    ResourceType: 'ManagedInstance',
    ResourceId: node.id,
    Id: patch.id,
    Title: patch.title,
    Status: isCompliant(patch) ? 'COMPLIANT' : 'NON_COMPLIANT',
    Severity: patch.complianceLevel,
    ExecutionSummary: {
      ExecutionTime: new Date(endedAt),
      ExecutionType: 'Command',
      ...(commandId === undefined ? {} : { ExecutionId: commandId }),
    },
    Details: {
      Classification: patch.classification,
      DocumentName: documentName ?? '',
      DocumentVersion: '',
      PatchBaselineId: baselineIdOf(node),
      PatchGroup: node.patchGroup,
      PatchSeverity: patch.severity,
      PatchState: patch.state,
    },
  };
}

const KNOWN: Readonly<Record<string, (item: ComplianceItem) => string | undefined>> = {
  ComplianceType: ({ ComplianceType }) => ComplianceType,
  Id: ({ Id }) => Id,
  Severity: ({ Severity }) => Severity,
  Status: ({ Status }) => Status,
};

function checkResource({ ResourceIds, ResourceTypes }: ListComplianceItemsRequest): string {
  const [id, ...more] = ResourceIds ?? [];
  if (id === undefined) throw invalid('resourceIds', 'Member must have length greater than or equal to 1');
  if (more.length > 0) throw new AwsError('InvalidResourceId', 'You can only specify one resource ID.');
  if (ResourceTypes?.some((type) => type !== 'ManagedInstance')) {
    throw new AwsError('InvalidResourceType', 'The resource type is not valid: only ManagedInstance is supported.');
  }
  return id;
}

/** The patches of one node as compliance items: what its last patch operation reported. IAM does not scope it. */
export const listComplianceItems = operation<ListComplianceItemsRequest, ListComplianceItemsResult>(
  () => [{ action: 'ssm:ListComplianceItems', resource: '*' }],
  (input, { account }) => {
    const node = managedNodes(account).get(checkResource(input));
    const wanted = wantedItems(input.Filters, KNOWN);
    const report = node?.report;
    const all =
      node === undefined || report === undefined ? [] : report.patches.map((each) => itemOf(node, report, each));
    const found = all.filter(wanted);
    const { items, ...rest } = pageOf(found, input.NextToken, sizeWithin(input.MaxResults, 50, 1, 50));
    return { ComplianceItems: [...items], ...rest };
  },
);
