import { isUnresolved, runsDigest, type ServiceTask, type ServiceTasks } from '../../account/ecsTasks.ts';
import type { Accusation } from '../accusation.ts';

/** What the tasks of a service have pulled, and pull, of accused images. */
export interface Pulls {
  /** The last pull by a task that runs, or ran within the hour, ISO; null when none is known. */
  readonly pulledUntil: string | null;
  /** Since when the first pulls that has not pulled yet, ISO; null when none does. */
  readonly pullingSince: string | null;
}

/**
 * Those that run an accused digest, and those that have no digest to show but are of its deployment: ECS starts all tasks of a
 * deployment from the same digests.
 */
function ofAccused(all: readonly ServiceTask[], digests: readonly string[]): readonly ServiceTask[] {
  const running = all.filter((task) => runsDigest(task, digests));
  const deployments = new Set(running.flatMap(({ startedBy }) => startedBy ?? []));
  const siblings = all.filter((task) => isUnresolved(task) && deployments.has(task.startedBy ?? ''));
  return [...running, ...siblings];
}

/** Pure: whose pulls of the accused digests are explained by this service. */
export function pullsOf({ live, stopped }: ServiceTasks, { digests }: Pick<Accusation, 'digests'>): Pulls {
  const tasks = ofAccused([...live, ...stopped], digests);
  return {
    pulledUntil:
      tasks
        .flatMap(({ pulledAt }) => pulledAt ?? [])
        .toSorted()
        .at(-1) ?? null,
    pullingSince: tasks.flatMap(({ pullingSince }) => pullingSince ?? []).toSorted()[0] ?? null,
  };
}
