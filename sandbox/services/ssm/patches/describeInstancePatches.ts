import type {
  DescribeInstancePatchesRequest,
  DescribeInstancePatchesResult,
  PatchComplianceData,
  PatchOrchestratorFilter,
} from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../../account.ts';
import { atMost, checkNodeId, sizeWithin } from '../limits.ts';
import { managedNodes, nodeArn, notValid } from '../nodes/state.ts';
import { pageOf } from '../page.ts';
import type { Patch } from './patch.ts';

/** "For InstalledOther … omits some data from query results, such as Classification and Severity" (patch compliance state values). */
function described({ id, title, classification, severity, state, installedAt, cveIds }: Patch): PatchComplianceData {
  const isOther = state === 'InstalledOther';
  const isWanting = state === 'Missing' || state === 'Failed';
  return {
    Title: title,
    KBId: id,
    Classification: isOther ? '' : classification,
    Severity: isOther ? '' : severity,
    // The SDK's enum is in capitals, and the service answers as its documentation shows.
    State: state as string as NonNullable<PatchComplianceData['State']>,
    InstalledTime: new Date(installedAt ?? 0),
    ...(isWanting && cveIds.length > 0 ? { CVEIds: cveIds.join(',') } : {}),
  };
}

const KNOWN: Readonly<Record<string, (patch: Patch) => string>> = {
  Classification: ({ classification }) => classification,
  KBId: ({ id }) => id,
  Severity: ({ severity }) => severity,
  State: ({ state }) => state,
};

function matcherOf(filters: readonly PatchOrchestratorFilter[]): (patch: Patch) => boolean {
  const tests = filters.map(({ Key = '', Values = [] }) => {
    const textOf = Object.hasOwn(KNOWN, Key) ? KNOWN[Key] : undefined;
    if (textOf === undefined) throw new AwsError('InvalidFilter', `The filter name ${Key} is not valid.`);
    return (patch: Patch) => Values.includes(textOf(patch));
  });
  return (patch) => tests.every((test) => test(patch));
}

/** Each patch of the node as its last operation reported it. Throws AwsError InvalidInstanceId for one that is not managed. */
export const describeInstancePatches = operation<DescribeInstancePatchesRequest, DescribeInstancePatchesResult>(
  (input, account) => [{ action: 'ssm:DescribeInstancePatches', resource: nodeArn(account, input.InstanceId ?? '') }],
  (input, { account }) => {
    const id = checkNodeId('instanceId', input.InstanceId);
    const node = managedNodes(account).get(id);
    if (node === undefined) throw notValid(account, [id]);
    const wanted = matcherOf(atMost('filters', input.Filters, 5));
    const patches = (node.report?.patches ?? []).filter(wanted);
    const { items, ...rest } = pageOf(patches, input.NextToken, sizeWithin(input.MaxResults, 100, 10, 100));
    return { Patches: items.map(described), ...rest };
  },
);
