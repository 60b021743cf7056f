import { type Account, AwsError } from '../../account.ts';
import { authorise } from '../../iam/authorise.ts';
import { addEvent, createStream, groupArn, type LogGroup, logsState } from '../logs/groups.ts';
import { imageNow, referenceHere } from './images.ts';
import type { DefinedContainer, StoredTask } from './state.ts';

/** Where the log of a container goes in CloudWatch Logs. */
interface Destination {
  readonly group: LogGroup;
  readonly stream: string;
}

/**
 * What its containers write when a task starts, one stream each, with what the account file says that the image prints: by the awslogs driver
 * `prefix/container/task id`, through FireLens `prefix` and `container-firelens-task id`. A group that is not there takes nothing.
 */
export function startLogging(account: Account, task: StoredTask, at: number): void {
  for (const container of task.definition.containers) {
    const to = writtenTo(account, task, container) ?? routedTo(account, task, container);
    if (to === undefined) continue;
    const stream = createStream(account, to.group, to.stream);
    for (const line of printedBy(account, task, container.name)) addEvent(account, stream, at, line);
  }
}

function writtenTo(
  account: Account,
  task: StoredTask,
  { name, logConfiguration }: DefinedContainer,
): Destination | undefined {
  const { 'awslogs-group': named = '', 'awslogs-stream-prefix': prefix } = logConfiguration?.options ?? {};
  const group = logsState(account).groups.get(named);
  if (logConfiguration?.logDriver !== 'awslogs' || group === undefined || prefix === undefined) return undefined;
  return { group, stream: `${prefix}/${name}/${task.id}` };
}

/**
 * The output `cloudwatch_logs` of Fluent Bit, with the tag that FireLens gives. It sends as the task role: without permission nothing arrives, and
 * the task runs on. Other outputs lead out of this account.
 */
function routedTo(
  account: Account,
  task: StoredTask,
  { name, logConfiguration }: DefinedContainer,
): Destination | undefined {
  const { Name: output, log_group_name: named = '', log_stream_prefix: prefix = '' } = logConfiguration?.options ?? {};
  const group = logsState(account).groups.get(named);
  if (logConfiguration?.logDriver !== 'awsfirelens' || output !== 'cloudwatch_logs' || group === undefined)
    return undefined;
  const stream = `${prefix}${name}-firelens-${task.id}`;
  return mayPut(account, task, `${groupArn(account, named)}:log-stream:${stream}`) ? { group, stream } : undefined;
}

function mayPut(account: Account, task: StoredTask, resource: string): boolean {
  const { taskRoleArn } = task.definition.settings;
  if (taskRoleArn === undefined) return false;
  const roleName = taskRoleArn.slice(taskRoleArn.lastIndexOf('/') + 1);
  const arn = `arn:aws:sts::${account.id}:assumed-role/${roleName}/${task.id}`;
  try {
    authorise(account, { kind: 'role', roleName, arn, sessionPolicies: [] }, [
      { action: 'logs:PutLogEvents', resource },
    ]);
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}

function printedBy(account: Account, task: StoredTask, container: string): readonly string[] {
  const resolved = task.containers.find(({ name }) => name === container);
  const reference = resolved === undefined ? undefined : referenceHere(account, resolved.image);
  if (reference === undefined) return [];
  const digest = resolved?.digest;
  return imageNow(account, digest === undefined ? reference : { ...reference, digest })?.prints ?? [];
}
