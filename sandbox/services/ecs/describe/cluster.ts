import type { ClusterField, Cluster as Described, KeyValuePair } from '@aws-sdk/client-ecs';
import type { Cluster, StoredTask } from '../state.ts';
import { countsOf } from '../tasks.ts';
import { keyed } from './task.ts';

/** What a caller may ask to see besides. Of configurations and attachments no cluster here has any. */
export const INCLUDES: readonly ClusterField[] = ['ATTACHMENTS', 'CONFIGURATIONS', 'SETTINGS', 'STATISTICS', 'TAGS'];

/** A cluster as DescribeClusters shows it. */
export function describedCluster(cluster: Cluster, include: readonly ClusterField[]): Described {
  const { running, pending } = countsOf([...cluster.tasks.values()]);
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: cluster.instances.size,
    runningTasksCount: running,
    pendingTasksCount: pending,
    activeServicesCount: activeServices(cluster).length,
    statistics: include.includes('STATISTICS') ? statisticsOf(cluster) : [],
    tags: include.includes('TAGS') ? keyed(cluster.tags) : [],
    settings: include.includes('SETTINGS') ? [{ name: 'containerInsights', value: cluster.containerInsights }] : [],
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
  };
}

const activeServices = ({ services }: Cluster) => [...services.values()].filter(({ status }) => status === 'ACTIVE');

/** By launch type. No service drains: none is deleted by a call. */
function statisticsOf(cluster: Cluster): KeyValuePair[] {
  const tasks = [...cluster.tasks.values()];
  const on = (isFargate: boolean) => countsOf(tasks.filter((task) => onFargate(task) === isFargate));
  const [ec2, fargate] = [on(false), on(true)];
  const services = (launchType: string): number =>
    activeServices(cluster).filter((service) => service.launchType === launchType).length;
  const counts = {
    runningEC2TasksCount: ec2.running,
    runningFargateTasksCount: fargate.running,
    pendingEC2TasksCount: ec2.pending,
    pendingFargateTasksCount: fargate.pending,
    activeEC2ServiceCount: services('EC2'),
    activeFargateServiceCount: services('FARGATE'),
    drainingEC2ServiceCount: 0,
    drainingFargateServiceCount: 0,
  };
  return Object.entries(counts).map(([name, value]) => ({ name, value: String(value) }));
}

const onFargate = ({ host }: StoredTask): boolean => host === undefined;
