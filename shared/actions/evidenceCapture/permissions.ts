import { parseImageReference } from '../../account/imageReference.ts';
import { describes } from '../../account/workloadPermissions.ts';
import type { Permission, Permissions, Target } from '../contract.ts';
import { arnIn, checkedName, clusterOf } from '../targets/ecsTarget.ts';
import { type FunctionTarget, functionNameOf, onFunction } from '../targets/functionTarget.ts';
import { type ImageTarget, isRepositoryName, repositoryArn, usersPermissions } from '../targets/imageTarget.ts';
import { type InstanceTarget, placeOfInstance } from '../targets/instanceTarget.ts';
import { onCluster } from '../targets/podTarget.ts';
import { logGroupOf } from './function.ts';
import { podNamed } from './pod.ts';

/** `evidence.capture` changes nothing in the account: what it stores, it stores with Act's own credentials. */
export function evidencePermissions(target: Target): Permissions {
  switch (target.kind) {
    case 'image':
      return { read: ofImage(target), write: [] };
    case 'ecs-task':
      return { read: ofTask(target), write: [] };
    case 'instance':
      return { read: ofHost(target), write: [] };
    case 'function':
      return { read: ofFunction(target), write: [] };
    case 'pod':
      return { read: podNamed(target) === null ? [] : onCluster(target), write: [] };
    default:
      return { read: [], write: [] };
  }
}

function ofImage(target: ImageTarget): readonly Permission[] {
  const resource = repositoryArn(target);
  return [
    { action: 'ecr:DescribeImages', resource },
    { action: 'ecr:BatchGetImage', resource },
    { action: 'ecr:DescribeImageScanFindings', resource },
    { action: 'ecr:ListTagsForResource', resource },
    ...usersPermissions(target),
  ];
}

function ofTask(target: Target<'ecs-task'>): readonly Permission[] {
  const cluster = clusterOf(target);
  const { partition, account, region } = cluster;
  const task = checkedName(target.arn.slice(target.arn.lastIndexOf('/') + 1));
  return [
    { action: 'ecs:DescribeTasks', resource: arnIn(cluster, 'task', task) },
    {
      action: 'ecs:DescribeServices',
      resource: arnIn(cluster, 'service', target.service === null ? '*' : checkedName(target.service)),
    },
    // Which host it is on, only the task says.
    { action: 'ecs:DescribeContainerInstances', resource: arnIn(cluster, 'container-instance', '*') },
    describes('ecs:DescribeTaskDefinition'),
    describes('ec2:DescribeNetworkInterfaces'),
    {
      action: 'logs:GetLogEvents',
      // IAM is asked about the log stream, and the awslogs driver ends its name with the task's id.
      resource: `arn:${partition}:logs:${region}:${account}:log-group:*:log-stream:*/${task}`,
      why: 'Which group a container writes to is only in its task definition; the end of the stream, which is the id of the task, bounds it to the lines of this task',
    },
    { action: 'ecr:BatchGetImage', resource: imagesOf(target, `arn:${partition}:ecr`) },
  ];
}

function ofHost(target: InstanceTarget): readonly Permission[] {
  placeOfInstance(target);
  return [
    describes('ec2:DescribeInstances'),
    describes('ec2:DescribeNetworkInterfaces'),
    describes('ec2:DescribeSecurityGroups'),
    describes('ec2:DescribeVolumes'),
    describes('ssm:DescribeInstanceInformation'),
  ];
}

function ofFunction(target: FunctionTarget): readonly Permission[] {
  const name = functionNameOf(target);
  const partition = target.arn.split(':')[1];
  const group = `arn:${partition}:logs:${target.region}:${target.account}:log-group:${logGroupOf(name)}`;
  return [
    ...onFunction(target, 'lambda:GetFunctionConfiguration', 'lambda:GetFunctionConcurrency', 'lambda:ListTags'),
    { action: 'logs:DescribeLogStreams', resource: `${group}:*` },
    { action: 'logs:GetLogEvents', resource: `${group}:log-stream:*` },
  ];
}

/** Above this, a session policy with the longest names of everything else would not fit any more. */
const longestRepository = 100;

/** The one repository that the task's containers are of, where it is known and there is one; else those of the account and Region. */
function imagesOf({ containers, account, region }: Target<'ecs-task'>, service: string): string {
  const references = containers.flatMap(({ image }) => parseImageReference(image) ?? []);
  const [first, ...more] = new Set(
    references.map((one) => `${one.region}:${one.account}:repository/${one.repository}`),
  );
  const sound = references.every(({ repository }) => isRepositoryName(repository));
  const all = references.length === containers.length;
  const narrow = first !== undefined && more.length === 0 && all && sound && first.length <= longestRepository;
  return narrow ? `${service}:${first}` : `${service}:${region}:${account}:repository/*`;
}
