import { type ChangingCall, lastName, textsAt } from '../changingCall.ts';
import type { HostTarget, Observed } from './types.ts';

/** Whoever lets a host take tasks again, or drains it. Of a host of no cluster nothing stands. */
export const hostCalls = (_target: HostTarget, { container }: Observed): readonly ChangingCall[] =>
  container === null
    ? []
    : [
        {
          eventName: 'UpdateContainerInstancesState',
          eventSource: 'ecs.amazonaws.com',
          isOn: (asked) => textsAt(asked, 'containerInstances').some((one) => lastName(one) === lastName(container)),
        },
      ];
