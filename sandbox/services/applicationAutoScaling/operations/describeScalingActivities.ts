import type {
  DescribeScalingActivitiesRequest,
  DescribeScalingActivitiesResponse,
} from '@aws-sdk/client-application-auto-scaling';
import { operation } from '../../../account.ts';
import { asksFor, page } from '../request.ts';
import { scalingState } from '../state.ts';

const SIX_WEEKS = 42 * 24 * 60 * 60 * 1000;

/** Those of the last six weeks, newest first. What was not scaled is not recorded, so that there is nothing more to include. */
export const describeScalingActivities = operation<DescribeScalingActivitiesRequest, DescribeScalingActivitiesResponse>(
  () => [{ action: 'application-autoscaling:DescribeScalingActivities', resource: '*' }],
  (input, { account }) => {
    const isAsked = asksFor(input);
    const since = account.clock.now() - SIX_WEEKS;
    const found = scalingState(account).activities.filter(
      ({ ResourceId, StartTime }) => isAsked(ResourceId ?? '') && (StartTime?.getTime() ?? 0) >= since,
    );
    const { items, ...rest } = page(found.toReversed(), input);
    return { ScalingActivities: items, ...rest };
  },
);
