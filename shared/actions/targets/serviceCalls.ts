import type { JsonObject } from '../../platform/json.ts';
import { type ChangingCall, lastName, textAt } from '../changingCall.ts';
import type { ServiceTarget } from './serviceTarget.ts';

const eventSource = 'ecs.amazonaws.com';

/** What of UpdateService changes a version, a count or how it is deployed. */
const changing = ['desiredCount', 'taskDefinition', 'forceNewDeployment', 'platformVersion', 'deploymentConfiguration'];

/**
 * Whoever deploys or scales it, stops a deployment of it (which may bring the one before back), or makes it anew; and whoever has it scaled, or lets
 * its autoscaling go on: CloudTrail has Application Auto Scaling under the name of EC2's.
 */
export function serviceCalls({ arn, cluster, service }: ServiceTarget): readonly ChangingCall[] {
  /** By the answer; else by what was asked for. */
  const isIt = (asked: JsonObject, answered: JsonObject, name: string): boolean => {
    const said = textAt(answered, 'service', 'serviceArn');
    // Without one, a cluster of the name `default` is meant.
    const named =
      lastName(textAt(asked, name)) === service && (lastName(textAt(asked, 'cluster')) ?? 'default') === cluster;
    return said === undefined ? named : said === arn;
  };
  return [
    {
      eventName: 'UpdateService',
      eventSource,
      isOn: (asked, answered) =>
        isIt(asked, answered, 'service') && changing.some((name) => Object.hasOwn(asked, name)),
    },
    {
      // Also where it had no scaling when it was contained: whoever sets some up scales it.
      eventName: 'RegisterScalableTarget',
      eventSource: 'autoscaling.amazonaws.com',
      isOn: (asked) =>
        textAt(asked, 'serviceNamespace') === 'ecs' && textAt(asked, 'resourceId') === `service/${cluster}/${service}`,
    },
    {
      eventName: 'StopServiceDeployment',
      eventSource,
      isOn: (asked) =>
        // arn:aws:ecs:REGION:ACCOUNT:service-deployment/CLUSTER/SERVICE/ID (Amazon ECS API Reference, StopServiceDeployment)
        textAt(asked, 'serviceDeploymentArn')?.startsWith(
          `${arn.replace(/:service\/.*$/, ':service-deployment')}/${cluster}/${service}/`,
        ) === true,
    },
    { eventName: 'DeleteService', eventSource, isOn: (asked, answered) => isIt(asked, answered, 'service') },
    { eventName: 'CreateService', eventSource, isOn: (asked, answered) => isIt(asked, answered, 'serviceName') },
  ];
}
