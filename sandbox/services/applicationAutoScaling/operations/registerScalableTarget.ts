import type {
  RegisterScalableTargetRequest,
  RegisterScalableTargetResponse,
  SuspendedState,
} from '@aws-sdk/client-application-auto-scaling';
import { type Account, AwsError, operation, type Principal } from '../../../account.ts';
import { authorise } from '../../../iam/authorise.ts';
import { ecsArn } from '../../ecs/state.ts';
import { addTarget, targetArn } from '../add.ts';
import { checkedNamespace, invalid, required } from '../request.ts';
import { type Bounds, DIMENSION, isScalable, pullInto, serviceOf } from '../scale.ts';
import { type StoredTarget, type Suspended, scalingState } from '../state.ts';

/**
 * Registers a target, or changes the members that are given of one that is there. Either pulls the service's count into the
 * bounds, even when the call names none, unless the service is not active (the SDK's documentation of RegisterScalableTarget).
 */
export const registerScalableTarget = operation<RegisterScalableTargetRequest, RegisterScalableTargetResponse>(
  (input, account) => [
    {
      action: 'application-autoscaling:RegisterScalableTarget',
      // The id of a new target is not known yet: only a wildcard covers it.
      resource: scalingState(account).targets.get(input.ResourceId ?? '')?.arn ?? targetArn(account, '*'),
      context: {
        'application-autoscaling:service-namespace': input.ServiceNamespace ?? '',
        'application-autoscaling:scalable-dimension': input.ScalableDimension ?? '',
      },
    },
  ],
  (input, { account, principal }) => {
    const resourceId = checkedResource(input);
    mayScale(account, principal, resourceId);
    if (!isScalable(account, resourceId)) throw invalid(`ECS service doesn't exist: ${resourceId}`);
    const state = scalingState(account);
    const before = state.targets.get(resourceId);
    const bounds = checkedBounds(input, before);
    const target = before ?? addTarget(account, resourceId, bounds.minCapacity, bounds.maxCapacity);
    state.targets.set(resourceId, {
      ...target,
      ...bounds,
      suspended: switched(target.suspended, input.SuspendedState),
    });
    pullInto(account, state, resourceId, bounds);
    return { ScalableTargetARN: target.arn };
  },
);

function checkedResource(input: RegisterScalableTargetRequest): string {
  const namespace = checkedNamespace(input.ServiceNamespace);
  const resourceId = required('resourceId', input.ResourceId);
  const dimension = required('scalableDimension', input.ScalableDimension);
  if (namespace !== 'ecs' || dimension !== DIMENSION || serviceOf(resourceId) === undefined) {
    throw invalid('Unsupported service namespace, resource type or scalable dimension');
  }
  if (input.Tags !== undefined) throw invalid('This account keeps no tags of scalable targets');
  return resourceId;
}

/**
 * Whoever registers needs the permissions on the service that scaling uses, and hears of missing ones as of a wrong
 * parameter (Application Auto Scaling User Guide, "Permissions required for API actions on target services").
 */
function mayScale(account: Account, principal: Principal, resourceId: string): void {
  const missing = ['ecs:DescribeServices', 'ecs:UpdateService'].filter((action) => {
    try {
      authorise(account, principal, [{ action, resource: ecsArn(account, resourceId) }]);
      return false;
    } catch (error) {
      if (error instanceof AwsError) return true;
      throw error;
    }
  });
  if (missing.length > 0) throw invalid(`User is missing the following permissions: ${missing.join(', ')}`);
}

function checkedBounds(input: RegisterScalableTargetRequest, before: StoredTarget | undefined): Bounds {
  const minCapacity = input.MinCapacity ?? before?.minCapacity;
  const maxCapacity = input.MaxCapacity ?? before?.maxCapacity;
  if (minCapacity === undefined || maxCapacity === undefined) {
    throw invalid('Minimum and maximum capacity are required to register a new scalable target');
  }
  for (const value of [minCapacity, maxCapacity]) {
    if (!Number.isInteger(value) || value < 0) throw invalid(`Capacity must be a whole number from 0: ${value}`);
  }
  if (maxCapacity < minCapacity) throw invalid('Maximum capacity cannot be less than minimum capacity');
  return { minCapacity, maxCapacity };
}

function switched(before: Suspended, given: SuspendedState = {}): Suspended {
  return {
    DynamicScalingInSuspended: given.DynamicScalingInSuspended ?? before.DynamicScalingInSuspended,
    DynamicScalingOutSuspended: given.DynamicScalingOutSuspended ?? before.DynamicScalingOutSuspended,
    ScheduledScalingSuspended: given.ScheduledScalingSuspended ?? before.ScheduledScalingSuspended,
  };
}
