import { readToken } from '../incident/tokens.ts';
import type { Effects } from './effects.ts';

/** What is read of an event; anything else it may be. */
type Fields = { readonly [name: string]: unknown };

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** CPU and memory of a host, as ECS lists them. */
function reservable(list: unknown): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const named = list.map(fieldsOf).filter(({ name }) => name === 'CPU' || name === 'MEMORY');
  const amounts = named.map(({ name, integerValue }) => `${name} ${integerValue}`).sort();
  return amounts.length === 0 ? undefined : amounts.join();
}

/**
 * Whether tasks are left on a host, by an `ECS Container Instance State Change`. Its documented form (Amazon ECS developer guide, "Container
 * instance state change events") has no counts, but what is registered and what remains of it.
 */
function hasTasks({ runningTasksCount, pendingTasksCount, registeredResources, remainingResources }: Fields): boolean {
  if (typeof runningTasksCount === 'number') return runningTasksCount > 0 || Number(pendingTasksCount ?? 0) > 0;
  const [all, left] = [reservable(registeredResources), reservable(remainingResources)];
  return all !== undefined && left !== undefined && all !== left;
}

/**
 * What a step that waits has said that an event would carry: the id of a command (AWS Systems Manager user guide, "Run Command events"), the ARN
 * of a host that is empty. Undefined for an event that is none of those.
 */
function correlationOf(event: unknown): string | undefined {
  const detail = fieldsOf(fieldsOf(event)['detail']);
  const command = textIn(detail, 'command-id');
  if (command !== undefined) return command;
  return hasTasks(detail) ? undefined : textIn(detail, 'containerInstanceArn');
}

/**
 * Wakes the step that waits for what an event is about; an event about anything else passes, because those of every team come by here. A
 * token only wakes, and Verify reads the truth: an event that comes early, twice or never costs time and nothing else. Throws Throttled.
 */
export async function wakeToken(
  { table, tokens, log }: Pick<Effects, 'table' | 'tokens' | 'log'>,
  event: unknown,
): Promise<void> {
  const correlation = correlationOf(event);
  const waiting = correlation === undefined ? undefined : await readToken(table, correlation);
  if (waiting === undefined) return;
  const { token, incident, run, step } = waiting;
  await tokens.succeed(token, JSON.stringify({ n: step, outcome: 'woken' }));
  log('Step woken', { incident, run, step });
}
