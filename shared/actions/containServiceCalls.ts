import { type ChangingCall, lastName, textAt } from './changingCall.ts';
import type { Observed, ServiceTarget } from './containServiceTypes.ts';

/** What of UpdateService changes a version, a count or how it is deployed. */
const changing = ['desiredCount', 'taskDefinition', 'forceNewDeployment', 'deploymentConfiguration'];

/** Whoever deploys or scales it, and whoever lets its autoscaling go on: CloudTrail has Application Auto Scaling under the name of EC2's. */
export function serviceCalls({ arn, cluster, service }: ServiceTarget, { scaling }: Observed): readonly ChangingCall[] {
  return [
    {
      eventName: 'UpdateService',
      eventSource: 'ecs.amazonaws.com',
      isOn: (asked, answered) => {
        const said = textAt(answered, 'service', 'serviceArn');
        // Without one, a cluster of the name `default` is meant.
        const named =
          lastName(textAt(asked, 'service')) === service &&
          (lastName(textAt(asked, 'cluster')) ?? 'default') === cluster;
        return (said === undefined ? named : said === arn) && changing.some((name) => Object.hasOwn(asked, name));
      },
    },
    ...(scaling === null
      ? []
      : [
          {
            eventName: 'RegisterScalableTarget',
            eventSource: 'autoscaling.amazonaws.com',
            isOn: (asked) =>
              textAt(asked, 'serviceNamespace') === 'ecs' &&
              textAt(asked, 'resourceId') === `service/${cluster}/${service}`,
          } satisfies ChangingCall,
        ]),
  ];
}
