import type { JsonObject } from '../../../../shared/platform/json.ts';
import type { Account } from '../../../account.ts';
import type { Cluster, StoredTask } from '../state.ts';
import { describedTask } from './task.ts';

/** The `detail` of ECS Task State Change: the task as DescribeTasks shows it, with times as text and interfaces as `eni`. */
export function taskEvent(account: Account, cluster: Cluster, task: StoredTask): JsonObject {
  const { attachments = [], healthStatus: _none, tags: _tags, ...shown } = describedTask(account, cluster, task);
  return JSON.parse(
    JSON.stringify({
      ...shown,
      attachments: attachments.map((each) => ({ ...each, type: 'eni' })),
      containers: shown.containers?.map(({ healthStatus: _each, networkBindings: _bindings, ...rest }) => rest),
      updatedAt: new Date(account.clock.now()),
    }),
  );
}
