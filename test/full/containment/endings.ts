/** How a containment may end, as the account and the message show it. */
export interface Ending {
  /**
   * back: the clean version runs in full. zero: no task is left. replaced: the accused task alone is gone. stopped: all
   * accused tasks are, and somebody's own deployment goes on. held: nothing was changed.
   */
  readonly how: 'back' | 'zero' | 'replaced' | 'stopped' | 'down' | 'held';
  readonly outcome: 'contained' | 'degraded' | 'held' | 'observed';
  readonly image: 'archived' | 'active';
  /** What is after the service's name in the subject. */
  readonly words: string;
  /** A part of the message: why it is held, or what waits. */
  readonly because?: string;
}

export const back: Ending = { how: 'back', outcome: 'contained', image: 'archived', words: 'contained' };
/** The image is left as it is: it would only hurt. */
export const replaced: Ending = {
  how: 'replaced',
  outcome: 'contained',
  image: 'active',
  words: 'contained',
  because: 'an intruder is to blame, and archiving the image would only hurt',
};
export const zero: Ending = { how: 'zero', outcome: 'contained', image: 'active', words: 'contained' };

/** Contained, while its image waits for a person. */
export const waiting = (ending: Ending, because: string): Ending => ({
  ...ending,
  outcome: 'degraded',
  image: 'active',
  words: 'contained, a decision waits',
  because,
});

export const held = (because: string): Ending => ({
  how: 'held',
  outcome: 'held',
  image: 'active',
  words: 'held, needs you',
  because,
});

export const inUse = 'it is in use: service/prod/checkout';
export const untold = 'whether it is to blame cannot be told, so a person must decide';
/** Held until a person has answered. */
export const asked = (because: string): Ending => ({ ...held(because), words: 'waits for your approval' });

export const notZero = held('prod/checkout: the rule does not allow zero tasks (allowZero)');
export const startsAgain = held('replace-task would start the accused image again, in new tasks');
