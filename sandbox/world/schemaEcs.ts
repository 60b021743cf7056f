import * as z from 'zod';
import { ec2Instance, ec2InstanceId, fargate, hostSize, inGroups } from './schemaNetwork.ts';
import { digest, imageReference, instant, name, tags } from './schemaParts.ts';
import { roleReference } from './schemaRoles.ts';
import { autoscaling } from './schemaScaling.ts';
import { managedNode } from './schemaSsm.ts';

/** The keys of an account file that are of Amazon ECS. */

const arn = z
  .string()
  .regex(/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12})?:.+$/, 'must be an ARN, e.g. arn:aws:iam::123456789012:role/api');

const secret = z.strictObject({
  name: z.string().min(1).describe('The environment variable that it is given in.'),
  valueFrom: arn.describe('ARN of a secret of Secrets Manager (with `:KEY::` for one key of it) or of a parameter.'),
});

const container = z.strictObject({
  name: name(255).describe('Name of the container.'),
  image: imageReference,
  environment: z.record(z.string(), z.string()).default({}).describe('Its environment variables in plain text.'),
  secrets: z.array(secret).default([]).describe('What it is given from Secrets Manager or Parameter Store.'),
  logGroup: z
    .string()
    .optional()
    .describe('The CloudWatch log group that it writes to (awslogs, with the family as the prefix of its streams).'),
  readonlyRootFilesystem: z.boolean().default(false).describe('Whether it can write to its root file system.'),
  privileged: z.boolean().default(false).describe('Whether it may do on its host what root may. On EC2 alone.'),
  user: z.string().min(1).optional().describe('Whom it runs as, e.g. 1000:1000. Without it: whom its image says.'),
  versionConsistency: z
    .enum(['enabled', 'disabled'])
    .default('enabled')
    .describe('disabled: each task resolves the tag anew when it starts.'),
});

const definitionName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,255}:[1-9]\d*$/, 'must be family:revision, e.g. checkout-api:42')
  .describe('`family:revision` of an entry under taskDefinitions.');

export const taskDefinition = z.strictObject({
  family: name(255).describe('Family of the task definition.'),
  revision: z.number().int().positive().describe('Revision within the family.'),
  containers: z.array(container).min(1, 'must have at least one container').describe('Its containers.'),
  taskRoleArn: roleReference.optional().describe('The role that its containers act as, by name or ARN.'),
  executionRoleArn: roleReference
    .optional()
    .describe('The role that pulls its images and reads its secrets, by name or ARN.'),
  networkMode: z
    .enum(['awsvpc', 'bridge', 'host', 'none'])
    .default('awsvpc')
    .describe('awsvpc: each task has a network interface of its own, as on Fargate. The others are for EC2.'),
  pidMode: z.enum(['host', 'task']).optional().describe('host: it sees the processes of its host. On EC2 alone.'),
  cpu: z.string().regex(/^\d+$/, 'must be CPU units in quotes, e.g. "256"').default('256').describe('CPU units.'),
  memory: z.string().regex(/^\d+$/, 'must be MiB in quotes, e.g. "512"').default('512').describe('Memory in MiB.'),
  status: z
    .enum(['ACTIVE', 'INACTIVE'])
    .default('ACTIVE')
    .describe('INACTIVE: it was deregistered. What runs of it goes on, and nothing new is started from it.'),
  registeredAt: instant.optional().describe('When it was registered (ISO 8601 UTC). Without it: at the start.'),
  tags,
});

const digests = z
  .record(z.string(), digest)
  .default({})
  .describe('By container, the digest that it runs; without it, what its image stands for in this file.');

const earlier = z.strictObject({
  taskDefinition: definitionName,
  digests,
  deployedAt: instant.describe('When it was deployed (ISO 8601 UTC).'),
});

const percent = z.number().int().min(0).max(1000);

const service = z.strictObject({
  name: name(255).describe('Name of the ECS service.'),
  taskDefinition: definitionName,
  desiredCount: z
    .number()
    .int()
    .min(0)
    .max(5000)
    .optional()
    .describe(
      'How many tasks it keeps; so many are running at the start. At 0 nothing was deployed yet, so that no digest is known, unless `digests` or `deployedAt` says otherwise. A DAEMON has none.',
    ),
  autoscaling,
  tags,
  status: z
    .enum(['ACTIVE', 'INACTIVE'])
    .default('ACTIVE')
    .describe('INACTIVE: it was deleted, and is still described.'),
  launchType: z
    .enum(['FARGATE', 'EC2'])
    .optional()
    .describe(
      'EC2: its tasks are on the container instances of the cluster. By default a DAEMON is on EC2, others on FARGATE.',
    ),
  platformVersion: z
    .union([z.literal('LATEST'), z.string().regex(/^\d+\.\d+\.\d+$/, 'must be LATEST or a version, e.g. 1.4.0')])
    .optional()
    .describe('On Fargate, the platform version that it was deployed with: LATEST (the default) or one, e.g. 1.4.0.'),
  runsOn: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'must be a version, e.g. 1.3.0')
    .optional()
    .describe('The platform version that its first tasks run on: what LATEST was when they started.'),
  schedulingStrategy: z
    .enum(['REPLICA', 'DAEMON'])
    .default('REPLICA')
    .describe('DAEMON: one task on each active container instance.'),
  deploymentController: z
    .enum(['ECS', 'CODE_DEPLOY', 'EXTERNAL'])
    .default('ECS')
    .describe('Who deploys. With CODE_DEPLOY and EXTERNAL its tasks are of one task set.'),
  minimumHealthyPercent: percent
    .optional()
    .describe('How many tasks stay healthy in a deployment: default 100, of a DAEMON 0.'),
  maximumPercent: percent
    .optional()
    .describe('How many tasks there are in a deployment at the most: default 200, of a DAEMON 100.'),
  circuitBreaker: z
    .strictObject({
      enable: z.boolean().describe('Whether a deployment whose tasks do not start fails.'),
      rollback: z.boolean().default(false).describe('Whether it then goes back to the last that was completed.'),
    })
    .optional()
    .describe('The deployment circuit breaker. Without it, ECS goes on trying.'),
  targetGroup: name(32).optional().describe('Name of the target group that its tasks are registered with.'),
  registersAgain: z
    .literal(true)
    .optional()
    .describe('A task that is taken out of its target group is registered again at once, as users report of ECS.'),
  securityGroups: inGroups,
  digests,
  deployedAt: instant.optional().describe('When it was last deployed (ISO 8601 UTC). Without it: at the start.'),
  history: z.array(earlier).default([]).describe('What it ran before, oldest first. Each was completed.'),
  deploying: z
    .strictObject({ taskDefinition: definitionName })
    .optional()
    .describe('A deployment that begins at the start, with what the tags of this file stand for.'),
  taskIds: z.array(name(255)).default([]).describe('Ids of its first tasks; the others are made up.'),
  protectedTasks: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How many of its first tasks are protected from scale-in for 48 hours from the start.'),
});

const task = z.strictObject({
  id: name(255).describe('Id of the task, on AWS 32 hexadecimal digits.'),
  taskDefinition: definitionName,
  status: z
    .enum(['PROVISIONING', 'PENDING', 'RUNNING', 'DEACTIVATING', 'STOPPING', 'STOPPED'])
    .default('RUNNING')
    .describe('Its last status. It stays so until something is done to the task.'),
  group: z.string().min(1).optional().describe('Its group; by default `family:` and the family.'),
  startedBy: z.string().min(1).optional().describe('Who started it, e.g. events-rule/nightly.'),
  startedAt: instant.optional().describe('When it was started (ISO 8601 UTC). Without it: at the start.'),
  ec2InstanceId: z.string().optional().describe('The container instance that it is on. Without it: on Fargate.'),
  digests,
  tags,
});

const containerInstance = z.strictObject({
  ec2InstanceId: ec2InstanceId.describe('The EC2 instance. The id of the container instance follows from it.'),
  status: z.enum(['ACTIVE', 'DRAINING']).default('ACTIVE').describe('DRAINING: no task is placed on it.'),
  ...hostSize,
  ...ec2Instance,
  tags,
  ssm: managedNode,
});

const scheduledTask = z.strictObject({
  name: z
    .string()
    .regex(/^[.\-_A-Za-z0-9]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens or underscores')
    .describe('Name of the EventBridge rule.'),
  schedule: z.string().describe('When it would start a task: rate(…) or cron(…). It never does here.'),
  taskDefinition: definitionName,
});

const taskSchedule = z.strictObject({
  group: z.string().default('default').describe('Its group.'),
  name: z
    .string()
    .regex(/^[0-9a-zA-Z_.-]{1,64}$/, 'must be the name of a schedule: letters, digits, hyphens, dots and underscores')
    .describe('Name of the schedule.'),
  state: z.enum(['ENABLED', 'DISABLED']).default('ENABLED').describe('DISABLED: it fires when somebody enables it.'),
  schedule: z.string().default('rate(1 day)').describe('`rate(…)` or `cron(…)`. It never fires here: it can be read.'),
  taskDefinition: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,255}(?::[1-9]\d*)?$/, 'must be a family, or a revision such as report:3')
    .describe('`family:revision` that it starts, or the family alone for the latest.'),
  universal: z
    .boolean()
    .default(false)
    .describe('true: its target is the call RunTask itself, with what it starts in its input.'),
});

export const cluster = z.strictObject({
  name: name(255).describe('Name of the ECS cluster.'),
  tags,
  fargate,
  containerInsights: z
    .enum(['disabled', 'enabled', 'enhanced'])
    .default('disabled')
    .describe('What CloudWatch collects of its services, tasks and containers.'),
  containerInstances: z.array(containerInstance).default([]).describe('EC2 instances that tasks can be placed on.'),
  services: z.array(service).default([]).describe('Its services.'),
  tasks: z.array(task).default([]).describe('Tasks that belong to no service.'),
  scheduledTasks: z
    .array(scheduledTask)
    .default([])
    .describe('EventBridge rules that would start a task in the cluster on a schedule.'),
  taskSchedules: z
    .array(taskSchedule)
    .default([])
    .describe('Schedules of EventBridge Scheduler that would start a task in the cluster.'),
});
