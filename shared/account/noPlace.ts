import type { ServiceEvent } from '@aws-sdk/client-ecs';

/** That ECS finds no place for a task of a service. Plain JSON. */
export type NoPlace = {
  /** When it said so first since it last started a task, ISO 8601 UTC. */
  readonly since: string;
  /** How it said so last. */
  readonly words: string;
};

// An event of a service has a time and a text, and no other sign of its kind (developer guide, "service event messages").
const findsNone = /\bwas unable to place a task\b/;
const findsOne = /\bhas (started \d+ tasks|reached a steady state)\b/;

/**
 * What a service's events, newest first, say of places for its tasks. Null when nothing is lacking, or tasks were started since.
 * Tasks that wait for a capacity provider to grow are PROVISIONING, and no event tells of them.
 */
export function noPlaceIn(events: readonly ServiceEvent[]): NoPlace | null {
  const found = events.findIndex(({ message = '' }) => findsOne.test(message));
  const fresh = found === -1 ? events : events.slice(0, found);
  const said = fresh.flatMap(({ message = '', createdAt }) =>
    createdAt !== undefined && findsNone.test(message) ? [{ message, at: createdAt.toISOString() }] : [],
  );
  const last = said[0];
  const first = said.at(-1);
  return last === undefined || first === undefined ? null : { since: first.at, words: last.message };
}
