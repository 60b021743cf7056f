import type { Task } from '@aws-sdk/client-ecs';
import { describedTask } from '../../../../sandbox/services/ecs/describe/task.ts';
import { type Cluster, clusters, type StoredService, type StoredTask } from '../../../../sandbox/services/ecs/state.ts';
import { isWanted, tasksOf } from '../../../../sandbox/services/ecs/tasks.ts';
import type { FakeAccount } from '../../fakeAccount.ts';

/** What happens in the cluster `prod`, and to its service `api` unless another is named. */
export function watched({ account, clock }: FakeAccount, name = 'api') {
  const cluster = (): Cluster => {
    const found = clusters(account).get('prod');
    if (found === undefined) throw new Error('There is no cluster prod');
    return found;
  };
  const service = (): StoredService => {
    const found = cluster().services.get(name);
    if (found === undefined) throw new Error(`There is no service ${name}`);
    return found;
  };
  const tasks = (): readonly StoredTask[] => tasksOf(cluster(), service());
  return {
    cluster,
    service,
    tasks,
    /** Not being stopped. */
    wanted: () => tasks().filter(isWanted),
    shown: (task: StoredTask): Task => describedTask(account, cluster(), task),
    messages: () =>
      service().events.map(({ message }) => message?.replace(/[0-9a-f]{32}/g, 'ID').replace(/\d{19}/g, 'N')),
    /** Lets seconds pass one at a time, and asks after each: the states in which the answer was another than before. */
    during: async <T>(seconds: number, ask: () => T): Promise<readonly T[]> => {
      const seen: T[] = [ask()];
      for (let second = 0; second < seconds; second += 1) {
        await clock.advance(1000);
        const answer = ask();
        if (JSON.stringify(answer) !== JSON.stringify(seen.at(-1))) seen.push(answer);
      }
      return seen;
    },
  };
}
