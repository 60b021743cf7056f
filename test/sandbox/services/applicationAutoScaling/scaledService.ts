import type {
  DescribeScalableTargetsResponse,
  RegisterScalableTargetRequest,
  RegisterScalableTargetResponse,
  ScalableTarget,
  ScalingActivity,
} from '@aws-sdk/client-application-auto-scaling';
import { describeScalableTargets } from '../../../../sandbox/services/applicationAutoScaling/operations/describeScalableTargets.ts';
import { registerScalableTarget } from '../../../../sandbox/services/applicationAutoScaling/operations/registerScalableTarget.ts';
import { scalingState } from '../../../../sandbox/services/applicationAutoScaling/state.ts';
import { desiredCountOf, setDesiredCount } from '../../../../sandbox/services/ecs/desiredCount.ts';
import { workloads } from '../ecs/workloads.ts';

export const ID = 'service/prod/web';

const asked = { ServiceNamespace: 'ecs', ResourceId: ID, ScalableDimension: 'ecs:service:DesiredCount' } as const;

/** The cluster `prod` with the service `web`, scaled as the account file says. */
export function scaledService(autoscaling: object | undefined, desiredCount = 2, more: object = {}) {
  const web = {
    name: 'web',
    taskDefinition: 'api:7',
    desiredCount,
    ...(autoscaling === undefined ? {} : { autoscaling }),
    ...more,
  };
  const all = workloads({ services: [web] });
  const { account, run } = all;
  return {
    ...all,
    count: () => desiredCountOf(account, 'prod', 'web'),
    /** As UpdateService does. */
    update: (count: number) => setDesiredCount(account, 'prod', 'web', count),
    register: (input: Partial<RegisterScalableTargetRequest>) =>
      run<RegisterScalableTargetResponse>(registerScalableTarget, { ...asked, ...input }),
    target: async (): Promise<ScalableTarget | undefined> => {
      const answer = await run<DescribeScalableTargetsResponse>(describeScalableTargets, {
        ServiceNamespace: 'ecs',
        ResourceIds: [ID],
      });
      return answer.ScalableTargets?.[0];
    },
    activities: (): readonly ScalingActivity[] => scalingState(account).activities,
  };
}
