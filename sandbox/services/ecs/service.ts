import type { Service } from '../../account.ts';
import { describeServiceRevisions } from './describeServiceRevisions.ts';
import { describeServices } from './describeServices.ts';
import { describeTaskDefinition } from './describeTaskDefinition.ts';
import { describeTasks } from './describeTasks.ts';
import { listClusters } from './listClusters.ts';
import { listServices } from './listServices.ts';
import { listTasks } from './listTasks.ts';
import { stopTask } from './stopTask.ts';
import { updateService } from './updateService.ts';

/** What runs an image, and what stops or replaces it. */
export const ecsService: Service = {
  name: 'ecs',
  protocol: 'json-1.1',
  target: 'AmazonEC2ContainerServiceV20141113',
  operations: {
    DescribeServiceRevisions: describeServiceRevisions,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    ListClusters: listClusters,
    ListServices: listServices,
    ListTasks: listTasks,
    StopTask: stopTask,
    UpdateService: updateService,
  },
};
