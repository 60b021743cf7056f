import type { UpdateContainerInstancesStateRequest, UpdateContainerInstancesStateResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { describedInstance } from './describe/containerInstance.ts';
import { instanceChanged } from './events.ts';
import { instancesNamed, neededOnInstances, settableStatus } from './instances.ts';
import { clusterNamed, upTo } from './state.ts';
import { wake } from './wake.ts';

/**
 * Hosts take new tasks, or drain: "new tasks aren't placed on the container instance and any service tasks running on the container
 * instance are removed if possible". Every service on hosts looks again at what that means for it.
 */
export const updateContainerInstancesState = operation<
  UpdateContainerInstancesStateRequest,
  UpdateContainerInstancesStateResponse
>(
  (input, account) => neededOnInstances(account, 'ecs:UpdateContainerInstancesState', input),
  (input, { account }) => {
    const asked = upTo(10, 'Container instances', input.containerInstances);
    const status = settableStatus(input.status);
    const cluster = clusterNamed(account, input.cluster);
    const { found, failures } = instancesNamed(account, cluster, asked);
    const changed = found.filter((instance) => instance.status !== status);
    for (const instance of changed) {
      instance.status = status;
      instanceChanged(account, cluster, instance);
    }
    if (changed.length > 0) {
      const onHosts = [...cluster.services.values()].filter(({ launchType }) => launchType === 'EC2');
      for (const service of onHosts) {
        // There may be room now.
        delete service.retryAt;
        wake(account, cluster, service);
      }
    }
    return { containerInstances: found.map((one) => describedInstance(cluster, one)), failures };
  },
);
