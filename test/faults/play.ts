import type { Stage } from '../system/stage.ts';
import type { Truth } from './truth.ts';

/** An incident that the matrix goes through, from its event to its end. */
export interface Play {
  readonly name: string;
  readonly title: string;
  /** The play that happens before, without a fault. */
  readonly after?: string;
  begin(stage: Stage): void | Promise<void>;
  /** Key of the incident; undefined when there is none to be. */
  readonly incident: string | undefined;
  /**
   * What it comes to when nothing goes wrong, and what then stands on record. Written here and not recorded, so that a product which only ever
   * holds and pages is not the measure of itself.
   */
  readonly ends: {
    readonly outcome: string;
    readonly pages: number;
    readonly stands: readonly string[];
    /** What somebody reads who is told of it. */
    readonly says?: RegExp;
    /** What the account is then like, where `done` does not say it. */
    so?(truth: Truth): boolean;
  };
  /** Whether what it is about is really contained (or, of an undo, undone). */
  done(truth: Truth): boolean;
  /**
   * Of what can wait for the morning (`canWait` of its action): whether it is fixed, though another step may have failed. Where it is not, the outcome
   * may be degraded; then somebody is told so.
   */
  fixed?(truth: Truth): boolean;
  /**
   * Whether AWS takes back what it found once that is fixed: a run that begins after the report then has nothing to do, and ignores it. What the run
   * before has come to is what counts.
   */
  readonly takenBack?: boolean;
  /** Of what it changes, what an undo cannot put back, and says so; as `Truth` names them. */
  readonly irreversible?: readonly string[];
  /** Until then what it changed stays, whoever undoes it. */
  readonly undoAfterSeconds?: number;
  /** All that may ever be changed; hosts by the ids of their instances. */
  readonly mayChange: {
    readonly images?: readonly string[];
    readonly services?: readonly string[];
    readonly hosts?: readonly string[];
    /** As `Truth` names them. */
    readonly settings?: readonly string[];
  };
}
