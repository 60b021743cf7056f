import type { Clients } from './pointedElsewhere.ts';

/** A change of something that the step is not about. */
export interface Elsewhere {
  readonly call: (clients: Clients) => Promise<unknown>;
  /** How AWS refuses it, where that is not for want of the permission itself. */
  readonly refusal?: RegExp;
  /** Why even the role, without a session policy, is refused. */
  readonly roleMayNot?: string;
}
