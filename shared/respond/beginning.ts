import type { ReadContext } from '../actions/contract.ts';
import type { Receipt, StandingChange } from '../incident/items.ts';
import type { JsonObject } from '../platform/json.ts';
import type { MayChange } from './mayChange.ts';
import type { RunInput, StepAtHand } from './run.ts';

/** What a step ends as before its call; or what it goes on with. */
export type Begun =
  | ({
      readonly kind: 'ended';
      readonly state: Extract<Receipt['state'], 'done' | 'held' | 'stale'>;
      readonly why: string;
      /** What stands, where somebody else has changed it. */
      readonly byOthers?: StandingChange;
    } & Pick<Receipt, 'against' | 'again' | 'stops'>)
  /** `before` was stored, now or by an earlier attempt, in the same write as "started". */
  | ({ readonly kind: 'started'; readonly before: JsonObject } & Pick<Receipt, 'again'>);

/** What a step that is about to change its target has at hand. */
export interface Beginning {
  readonly me: RunInput;
  readonly hand: StepAtHand;
  readonly observed: JsonObject;
  readonly context: ReadContext;
  readonly mayChange: MayChange;
}

export const againOf = ({ again }: StandingChange): Pick<StandingChange, 'again'> =>
  again === undefined ? {} : { again };

export const started = (change: StandingChange): Begun => ({
  kind: 'started',
  before: change.before,
  ...againOf(change),
});

/** How a step ends that must not change anything now; undefined: it may. */
export async function refused({ mayChange }: Beginning, what: 'begin' | 'go on'): Promise<Begun | undefined> {
  const refusal = await mayChange(what);
  return refusal === undefined ? undefined : { kind: 'ended', state: 'held', ...refusal };
}
