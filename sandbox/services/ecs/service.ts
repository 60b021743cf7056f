import type { Service } from '../../account.ts';
import { describeClusters } from './describeClusters.ts';
import { describeContainerInstances } from './describeContainerInstances.ts';
import { describeServiceDeployments } from './describeServiceDeployments.ts';
import { describeServiceRevisions } from './describeServiceRevisions.ts';
import { describeServices } from './describeServices.ts';
import { describeTaskDefinition } from './describeTaskDefinition.ts';
import { describeTasks } from './describeTasks.ts';
import { getTaskProtection } from './getTaskProtection.ts';
import { listClusters } from './listClusters.ts';
import { listContainerInstances } from './listContainerInstances.ts';
import { listServiceDeployments } from './listServiceDeployments.ts';
import { listServices } from './listServices.ts';
import { listTagsForResource } from './listTagsForResource.ts';
import { listTaskDefinitions } from './listTaskDefinitions.ts';
import { listTasks } from './listTasks.ts';
import { registerTaskDefinition } from './registerTaskDefinition.ts';
import { runTask } from './runTask.ts';
import { stopServiceDeployment } from './stopServiceDeployment.ts';
import { stopTask } from './stopTask.ts';
import { tagResource } from './tagResource.ts';
import { updateClusterSettings } from './updateClusterSettings.ts';
import { updateContainerInstancesState } from './updateContainerInstancesState.ts';
import { updateService } from './updateService.ts';
import { updateTaskProtection } from './updateTaskProtection.ts';

/** What runs an image, and what starts, stops, replaces or deploys it. */
export const ecsService: Service = {
  name: 'ecs',
  protocol: 'json-1.1',
  target: 'AmazonEC2ContainerServiceV20141113',
  operations: {
    DescribeClusters: describeClusters,
    DescribeContainerInstances: describeContainerInstances,
    DescribeServiceDeployments: describeServiceDeployments,
    DescribeServiceRevisions: describeServiceRevisions,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    GetTaskProtection: getTaskProtection,
    ListClusters: listClusters,
    ListContainerInstances: listContainerInstances,
    ListServiceDeployments: listServiceDeployments,
    ListServices: listServices,
    ListTagsForResource: listTagsForResource,
    ListTaskDefinitions: listTaskDefinitions,
    ListTasks: listTasks,
    RegisterTaskDefinition: registerTaskDefinition,
    RunTask: runTask,
    StopServiceDeployment: stopServiceDeployment,
    StopTask: stopTask,
    TagResource: tagResource,
    UpdateClusterSettings: updateClusterSettings,
    UpdateContainerInstancesState: updateContainerInstancesState,
    UpdateService: updateService,
    UpdateTaskProtection: updateTaskProtection,
  },
};
