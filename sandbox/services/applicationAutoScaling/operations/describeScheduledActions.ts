import type {
  DescribeScheduledActionsRequest,
  DescribeScheduledActionsResponse,
  ScheduledAction,
} from '@aws-sdk/client-application-auto-scaling';
import { operation } from '../../../account.ts';
import { asksFor, page, upTo50 } from '../request.ts';
import { DIMENSION } from '../scale.ts';
import { type StoredAction, scalingState } from '../state.ts';

const described = (action: StoredAction): ScheduledAction => ({
  ScheduledActionName: action.name,
  ScheduledActionARN: action.arn,
  ServiceNamespace: 'ecs',
  Schedule: action.schedule,
  ResourceId: action.resourceId,
  ScalableDimension: DIMENSION,
  ScalableTargetAction: { MinCapacity: action.minCapacity, MaxCapacity: action.maxCapacity },
  CreationTime: new Date(action.createdAt),
});

export const describeScheduledActions = operation<DescribeScheduledActionsRequest, DescribeScheduledActionsResponse>(
  () => [{ action: 'application-autoscaling:DescribeScheduledActions', resource: '*' }],
  (input, { account }) => {
    const names = upTo50('scheduledActionNames', input.ScheduledActionNames);
    const isAsked = asksFor(input);
    const found = scalingState(account).actions.filter(
      ({ resourceId, name }) => isAsked(resourceId) && (names?.includes(name) ?? true),
    );
    const { items, ...rest } = page(found, input);
    return { ScheduledActions: items.map(described), ...rest };
  },
);
