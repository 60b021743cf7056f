import type { Place } from './place.ts';
import type { Queue } from './queues.ts';

/** The stage's queues: those that something is taken from, and those where what could not be handled or delivered ends. */
export async function sortedQueues({ queues, eventRules }: Place): Promise<{
  readonly deadLetters: readonly Queue[];
  readonly others: readonly Queue[];
}> {
  const [all, rules] = await Promise.all([queues(), eventRules()]);
  const ends = new Set([
    ...all.map(({ is }) => is?.deadLetters),
    ...rules.flatMap(({ targets }) => targets.map(({ deadLetters }) => deadLetters)),
  ]);
  const isEnd = ({ is }: Queue): boolean => is !== undefined && ends.has(is.arn);
  return { deadLetters: all.filter(isEnd), others: all.filter((queue) => !isEnd(queue)) };
}
