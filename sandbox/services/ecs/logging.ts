import type { Account } from '../../account.ts';
import { addEvent, createStream, logsState } from '../logs/groups.ts';
import { imageNow, referenceHere } from './images.ts';
import type { StoredTask } from './state.ts';

/**
 * What its containers write when a task starts, by the awslogs driver: one stream each, `prefix/container/task id`, with what the
 * account file says that the image prints. A group that is not there takes nothing.
 */
export function startLogging(account: Account, task: StoredTask, at: number): void {
  for (const { name, logConfiguration } of task.definition.containers) {
    const { 'awslogs-group': group = '', 'awslogs-stream-prefix': prefix } = logConfiguration?.options ?? {};
    const found = logsState(account).groups.get(group);
    if (logConfiguration?.logDriver !== 'awslogs' || found === undefined || prefix === undefined) continue;
    const stream = createStream(account, found, `${prefix}/${name}/${task.id}`);
    for (const line of printedBy(account, task, name)) addEvent(account, stream, at, line);
  }
}

function printedBy(account: Account, task: StoredTask, container: string): readonly string[] {
  const resolved = task.containers.find(({ name }) => name === container);
  const reference = resolved === undefined ? undefined : referenceHere(account, resolved.image);
  if (reference === undefined) return [];
  const digest = resolved?.digest;
  return imageNow(account, digest === undefined ? reference : { ...reference, digest })?.prints ?? [];
}
