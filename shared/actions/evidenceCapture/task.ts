import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Task } from '@aws-sdk/client-ecs';
import {
  type DescribedDefinition,
  describeDefinition,
  describeHost,
  describeService,
  describeTask,
  serviceInGroup,
} from '../../account/ecsDescribed.ts';
import type { Reads } from '../../account/reads.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ActContext, Target } from '../contract.ts';
import { stoppedByFirebreak } from '../targets/stopTasks.ts';
import { type Collection, collect, json, pieceMs, storeFindings } from './collection.ts';
import { logPlaceOf, readLastLines } from './logs.ts';
import { type Redaction, redactionOf } from './redaction.ts';
import { captureTaskImages } from './taskImages.ts';

type TaskTarget = Target<'ecs-task'>;

/** What was read of the task, for the pieces that come after. */
interface Seen {
  task?: Task;
  definition?: DescribedDefinition;
  redaction: Redaction;
}

/**
 * Stores what goes with the task, the first to vanish first: the task with its tags, the last lines of its containers; then the
 * findings, its service, network interface, host and images. No value of an environment is stored.
 */
export const captureTask = (target: TaskTarget, context: ActContext): Promise<string> =>
  collect(target, `task ${target.id}`, context, async (collection) => {
    const seen: Seen = { redaction: redactionOf(null) };
    await readTask(collection, target, seen);
    await readDefinition(collection, target, seen);
    await storeTask(collection, seen);
    await storeLogs(collection, target, seen);
    await storeFindings(collection, context);
    await storeDefinition(collection, seen);
    await storeService(collection, target, seen);
    await storeInterface(collection, seen);
    await storeHost(collection, target, seen);
    await captureTaskImages(collection, { target, task: seen.task, accusation: context.accusation });
  });

const readTask = ({ piece }: Collection, target: TaskTarget, seen: Seen): Promise<void> =>
  piece(
    'the task',
    async ({ read }) => {
      const task = await describeTask(read, target.cluster, target.arn);
      if (task === undefined) throw new TargetGone('it is not there any more');
      seen.task = task;
    },
    pieceMs,
  );

async function readDefinition({ piece }: Collection, target: TaskTarget, seen: Seen): Promise<void> {
  const arn = seen.task?.taskDefinitionArn ?? target.taskDefinition;
  await piece(
    'the task definition',
    async ({ read, lacks }) => {
      if (arn === null) return lacks('the task definition', 'only the task says which it is');
      const definition = await describeDefinition(read, arn);
      if (definition.taskDefinition === undefined) throw new TargetGone('it is not there any more');
      seen.definition = definition;
      seen.redaction = redactionOf([definition.taskDefinition, seen.task?.overrides]);
    },
    pieceMs,
  );
}

async function storeTask({ piece }: Collection, { task, definition, redaction }: Seen): Promise<void> {
  if (task === undefined) return;
  await piece('the task', async ({ store, remark }) => {
    await store('task.json', json(redaction.document(task)));
    if (definition === undefined) remark('task.json has no command lines: which values to withhold is not known');
  });
}

/** All containers at once: each is a stream of its own. */
async function storeLogs({ piece }: Collection, target: TaskTarget, { definition, redaction }: Seen): Promise<void> {
  const containers = definition?.taskDefinition?.containerDefinitions;
  if (containers === undefined) {
    return piece('the log lines', async ({ lacks }) =>
      lacks('the log lines', 'only the task definition says where they are'),
    );
  }
  const taskId = target.arn.slice(target.arn.lastIndexOf('/') + 1);
  await Promise.all(
    containers.map(async (container) => {
      const { name = '' } = container;
      await piece(
        `the log lines of ${name}`,
        async ({ read, store, remark }) => {
          const place = logPlaceOf(container, taskId, target.region);
          if (typeof place === 'string') return remark(`no log lines of ${name}: ${place}`);
          const lines = await readLastLines(read, place, redaction);
          await store(`logs/${name}.json`, json(lines));
        },
        pieceMs,
      );
    }),
  );
}

async function storeDefinition({ piece }: Collection, { definition, redaction }: Seen): Promise<void> {
  if (definition === undefined) return;
  await piece('the task definition', ({ store }) =>
    store('task-definition.json', json(redaction.document(definition))),
  );
}

async function storeService({ piece }: Collection, target: TaskTarget, { task, redaction }: Seen): Promise<void> {
  const name = task === undefined ? target.service : serviceInGroup(task.group);
  if (name === null) return;
  await piece(
    'the service',
    async ({ read, store }) => {
      const service = await describeService(read, target.cluster, name);
      if (service === undefined) throw new TargetGone(`${name} is not there any more`);
      await store('service.json', json(redaction.document(service)));
    },
    pieceMs,
  );
}

/** With network mode `awsvpc` a task has an interface of its own, which goes when the task has stopped. */
async function storeInterface({ piece }: Collection, { task, redaction }: Seen): Promise<void> {
  if (task === undefined) {
    return piece('the network interface', async ({ lacks }) =>
      lacks('the network interface and the host', 'only the task says which they are'),
    );
  }
  const ids = interfacesOf(task);
  if (ids.length === 0) return;
  await piece(
    'the network interface',
    async ({ read, store, remark }) => {
      const found = await describeInterfaces(read, ids);
      if (found !== null) return store('network-interface.json', json(redaction.document(found)));
      // When a contained incident is looked at again, that is no miss.
      if (!stoppedByFirebreak(task)) throw new TargetGone('it is not there any more');
      return remark('the network interface went with the task, which Firebreak stopped');
    },
    pieceMs,
  );
}

/** Null when one of them is not there any more. */
async function describeInterfaces(read: Reads, ids: string[]): Promise<readonly NetworkInterface[] | null> {
  const { client, DescribeNetworkInterfacesCommand } = await read.aws.ec2();
  try {
    const answer = await client.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ids }), read.call);
    return answer.NetworkInterfaces ?? [];
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidNetworkInterfaceID.NotFound')) throw error;
    return null;
  }
}

const interfacesOf = ({ attachments = [] }: Task): string[] =>
  attachments
    .filter(({ type }) => type === 'ElasticNetworkInterface')
    .flatMap(({ details = [] }) => details.filter(({ name }) => name === 'networkInterfaceId'))
    .flatMap(({ value }) => value ?? []);

async function storeHost({ piece }: Collection, target: TaskTarget, { task, redaction }: Seen): Promise<void> {
  const arn = task?.containerInstanceArn;
  if (arn === undefined) return;
  await piece(
    'the host',
    async ({ read, store }) => {
      const host = await describeHost(read, target.cluster, arn);
      if (host === undefined) throw new TargetGone('it is not there any more');
      await store('container-instance.json', json(redaction.document(host)));
    },
    pieceMs,
  );
}
