import type {
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse,
  ScalableTarget,
} from '@aws-sdk/client-application-auto-scaling';
import { type Account, operation } from '../../../account.ts';
import { asksFor, invalid, page, upTo50 } from '../request.ts';
import { DIMENSION } from '../scale.ts';
import { type StoredTarget, scalingState } from '../state.ts';

const ROLE =
  'aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService';

const described = (account: Account, target: StoredTarget): ScalableTarget => ({
  ServiceNamespace: 'ecs',
  ResourceId: target.resourceId,
  ScalableDimension: DIMENSION,
  MinCapacity: target.minCapacity,
  MaxCapacity: target.maxCapacity,
  RoleARN: `arn:aws:iam::${account.id}:role/${ROLE}`,
  CreationTime: new Date(target.createdAt),
  SuspendedState: target.suspended,
  ScalableTargetARN: target.arn,
});

/** What is not registered is left out, and no error. IAM does not scope it. */
export const describeScalableTargets = operation<DescribeScalableTargetsRequest, DescribeScalableTargetsResponse>(
  () => [{ action: 'application-autoscaling:DescribeScalableTargets', resource: '*' }],
  (input, { account }) => {
    const wanted = upTo50('resourceIds', input.ResourceIds);
    if (input.ScalableDimension !== undefined && wanted === undefined) {
      throw invalid('If you specify a scalable dimension, you must also specify a resource ID');
    }
    const isAsked = asksFor({ ...input, ResourceId: undefined, ScalableDimension: undefined });
    const isDimension = input.ScalableDimension === undefined || input.ScalableDimension === DIMENSION;
    const found = [...scalingState(account).targets.values()].filter(
      ({ resourceId }) => isDimension && isAsked(resourceId) && (wanted?.includes(resourceId) ?? true),
    );
    const { items, ...rest } = page(found, input);
    return { ScalableTargets: items.map((target) => described(account, target)), ...rest };
  },
);
