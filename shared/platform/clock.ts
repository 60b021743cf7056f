/** Passed in wherever time matters, so that tests and the sandbox decide what time it is. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Random identifiers, passed in for the same reason. */
export type NewId = () => string;
