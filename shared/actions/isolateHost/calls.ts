import { type ChangingCall, textAt, textsAt } from '../changingCall.ts';
import type { InstanceTarget } from '../targets/instanceTarget.ts';
import type { Observed } from './types.ts';

/** Whoever puts an interface into other groups, or changes how the host stands in its Auto Scaling group. */
export const isolateCalls = ({ id }: InstanceTarget, { groups }: Observed): readonly ChangingCall[] => [
  {
    eventName: 'ModifyNetworkInterfaceAttribute',
    eventSource: 'ec2.amazonaws.com',
    isOn: (asked) => Object.hasOwn(groups, textAt(asked, 'networkInterfaceId') ?? ''),
  },
  {
    eventName: 'ModifyInstanceAttribute',
    eventSource: 'ec2.amazonaws.com',
    isOn: (asked) => textAt(asked, 'instanceId') === id,
  },
  ...['EnterStandby', 'ExitStandby'].map((eventName) => ({
    eventName,
    eventSource: 'autoscaling.amazonaws.com',
    isOn: (asked: Parameters<ChangingCall['isOn']>[0]) => textsAt(asked, 'instanceIds').includes(id),
  })),
];
