import type { Service } from '../../account.ts';
import { describeServiceRevisions } from './describeServiceRevisions.ts';
import { describeServices } from './describeServices.ts';
import { describeTaskDefinition } from './describeTaskDefinition.ts';
import { describeTasks } from './describeTasks.ts';
import { listClusters } from './listClusters.ts';
import { listServices } from './listServices.ts';
import { listTasks } from './listTasks.ts';

/** The reads that say what runs an image. */
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
  },
};
