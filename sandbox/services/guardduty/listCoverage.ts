import type { CoverageFilterCriterion } from '@aws-sdk/client-guardduty';
import { type Account, AwsError, operation } from '../../account.ts';
import { clusters } from '../ecs/state.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { type Detector, detectorArn, detectorOf } from './detector.ts';

/** In the names of the wire. */
interface Asked {
  readonly DetectorId: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly filterCriteria?: { readonly filterCriterion?: readonly Criterion[] };
}
interface Criterion {
  readonly criterionKey?: CoverageFilterCriterion['CriterionKey'];
  readonly filterCondition?: { readonly equals?: readonly string[]; readonly notEquals?: readonly string[] };
}

interface Covered {
  readonly cluster: string;
  readonly status: 'HEALTHY' | 'UNHEALTHY';
  readonly issue: string | undefined;
}

const bad = (message: string): AwsError => new AwsError('BadRequestException', message);

const values = (account: Account, { cluster, status }: Covered): Readonly<Record<string, string>> => ({
  ACCOUNT_ID: account.id,
  COVERAGE_STATUS: status,
  ECS_CLUSTER_NAME: cluster,
  CLUSTER_NAME: cluster,
  RESOURCE_TYPE: 'ECS',
});

function fits(
  account: Account,
  one: Covered,
  { criterionKey = 'ACCOUNT_ID', filterCondition = {} }: Criterion,
): boolean {
  const value = values(account, one)[criterionKey];
  if (value === undefined) throw bad(`This account does not filter coverage by ${criterionKey}.`);
  const { equals, notEquals } = filterCondition;
  return (equals === undefined || equals.includes(value)) && !(notEquals ?? []).includes(value);
}

/** Each ECS cluster, once runtime monitoring is on. */
function covered(account: Account, detector: Detector): readonly Covered[] {
  if (!detector.enabled || !detector.runtimeMonitoring) return [];
  return [...clusters(account).keys()].toSorted().map((cluster) => {
    const issue = detector.unhealthy.get(cluster);
    return { cluster, status: issue === undefined ? 'HEALTHY' : 'UNHEALTHY', issue };
  });
}

const shown = (account: Account, detector: Detector, { cluster, status, issue }: Covered) => ({
  resourceId: cluster,
  detectorId: detector.id,
  accountId: account.id,
  coverageStatus: status,
  ...(issue === undefined ? {} : { issue }),
  updatedAt: new Date(detector.since),
  resourceDetails: {
    resourceType: 'ECS',
    ecsClusterDetails: {
      clusterName: cluster,
      fargateDetails: {
        issues: issue === undefined ? [] : [issue],
        managementType: detector.managed.includes('FARGATE') ? 'AUTO_MANAGED' : 'MANUAL',
      },
    },
  },
});

/** Coverage of ECS clusters, in the names of the wire; instances and EKS are not listed. */
export const listCoverage = operation<Asked, object>(
  ({ DetectorId }, account) => [{ action: 'guardduty:ListCoverage', resource: detectorArn(account, DetectorId) }],
  ({ DetectorId, maxResults, nextToken, filterCriteria }, { account }) => {
    const detector = detectorOf(account, DetectorId);
    const criteria = filterCriteria?.filterCriterion ?? [];
    const all = covered(account, detector).filter((one) => criteria.every((each) => fits(account, one, each)));
    const page = pageOf(all, pageSize(maxResults, 50, 50, 'BadRequestException'), nextToken, 'BadRequestException');
    return { resources: page.items.map((one) => shown(account, detector, one)), ...next(page.nextToken) };
  },
);
