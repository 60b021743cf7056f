import type { Task } from '@aws-sdk/client-ecs';
import { failureOf } from '../../account/awsFailure.ts';
import { shortArn } from '../../account/sightings.ts';
import type { ActContext } from '../contract.ts';
import type { Substeps } from '../substeps.ts';

/** UpdateTaskProtection takes no longer. */
const mostMinutes = 2880;

const reasonBegins = 'Firebreak contains ';

/** What ECS shows of a task that we stopped; it takes 255 characters. */
export const stopReason = (id: string, key: string): string => `${reasonBegins}${id}: ${key}`.slice(0, 255);

/** Whether a task is stopped, or about to be, because we asked for it. */
export const stoppedByFirebreak = ({ desiredStatus, stoppedReason }: Task): boolean =>
  desiredStatus === 'STOPPED' && stoppedReason?.startsWith(reasonBegins) === true;

/**
 * Stops a task by its ARN. Scale-in protection does not keep ECS from stopping it, but a rollback and a scale-down pass it
 * by, and what runs in it can protect itself: it is taken off first, and put back when the stop is refused.
 * A task that is gone, or stopped already, is no failure.
 */
export async function stopTask(
  { aws, clock, journal }: Pick<ActContext, 'aws' | 'clock' | 'journal'>,
  substeps: Substeps,
  { cluster, task, reason }: { readonly cluster: string; readonly task: string; readonly reason: string },
): Promise<void> {
  const { client, GetTaskProtectionCommand, StopTaskCommand, UpdateTaskProtectionCommand } = await aws.ecs();
  const name = shortArn(task);
  // Kept: a repeat finds it taken off already, and would not know what to put back.
  const kept = await journal.once(`protection ${task}`, () =>
    protectionLeft(clock.now(), async () => {
      const answer = await client.send(new GetTaskProtectionCommand({ cluster, tasks: [task] }));
      return answer.protectedTasks?.find(({ taskArn }) => taskArn === task);
    }),
  );
  const minutesLeft = Number(kept);
  const unprotected =
    minutesLeft === 0
      ? undefined
      : await substeps.attempt(
          {
            name: `unprotect ${task}`,
            doing: `Taking the protection off ${name}`,
            did: `took the protection off ${name}`,
            optional: true,
          },
          async () => {
            await client.send(new UpdateTaskProtectionCommand({ cluster, tasks: [task], protectionEnabled: false }));
            return minutesLeft;
          },
        );
  const stop = {
    name: `stop ${task}`,
    doing: `Stopping ${name}`,
    did: `stopped ${name}`,
    otherwise: 'it runs on unless its scheduler stops it',
  };
  const stopped = await substeps.attempt(stop, async () => {
    try {
      await client.send(new StopTaskCommand({ cluster, task, reason }));
    } catch (error) {
      // "The referenced task was not found": ECS has no name of its own for a task that is not there any more.
      if (!(error instanceof Error && error.name === 'InvalidParameterException')) throw error;
      return 'gone';
    }
    return 'stopped';
  });
  if (stopped !== undefined || minutesLeft === 0 || unprotected === undefined) return;
  const protect = { name: `protect ${task}`, doing: `Protecting ${name} again`, did: `protected ${name} again` };
  await substeps.attempt(protect, async () => {
    await client.send(
      new UpdateTaskProtectionCommand({
        cluster,
        tasks: [task],
        protectionEnabled: true,
        expiresInMinutes: minutesLeft,
      }),
    );
    return 'protected';
  });
}

interface Protection {
  readonly protectionEnabled?: boolean | undefined;
  readonly expirationDate?: Date | undefined;
}

/** Minutes that its protection has left; 0 when it has none. What cannot be read is taken for unprotected: the stop shows. */
async function protectionLeft(now: Date, read: () => Promise<Protection | undefined>): Promise<number> {
  try {
    const protection = await read();
    if (protection?.protectionEnabled !== true) return 0;
    const { expirationDate } = protection;
    const left = expirationDate === undefined ? mostMinutes : (expirationDate.getTime() - now.getTime()) / 60_000;
    return Math.min(mostMinutes, Math.max(1, Math.round(left)));
  } catch (error) {
    if (failureOf(error) === null) throw error;
    return 0;
  }
}
