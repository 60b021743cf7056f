/** What a state failed with: the name is what Retry and Catch match on. */
export class StateFailure extends Error {
  readonly error: string | undefined;
  readonly detail: string | undefined;
  /** Further names that match besides `error`. */
  readonly alsoKnownAs: readonly string[];

  constructor(error: string | undefined, detail?: string, alsoKnownAs: readonly string[] = []) {
    super(detail ?? error ?? 'failed');
    this.name = 'StateFailure';
    this.error = error;
    this.detail = detail;
    this.alsoKnownAs = alsoKnownAs;
  }

  /** What a catcher puts where its ResultPath says. */
  errorOutput(): { Error?: string; Cause?: string } {
    return {
      ...(this.error === undefined ? {} : { Error: this.error }),
      ...(this.detail === undefined ? {} : { Cause: this.detail }),
    };
  }
}

/** The machine itself is at fault (a path that is not there, a wrong type): neither retried nor caught. */
export class RuntimeFailure extends StateFailure {
  constructor(detail: string) {
    super('States.Runtime', detail);
  }

  /** The wording with which AWS says where it happened. */
  within(stateName: string, enteredEventId: number): RuntimeFailure {
    const where = `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredEventId}).`;
    return this.message.startsWith('An error occurred while') ? this : new RuntimeFailure(`${where} ${this.message}`);
  }
}

/** Heartbeats are reported as States.Timeout, too, and answer to both names. */
export const heartbeatFailure = (): StateFailure =>
  new StateFailure('States.Timeout', undefined, ['States.HeartbeatTimeout']);
export const timeoutFailure = (): StateFailure => new StateFailure('States.Timeout');
export const intrinsicFailure = (detail: string): StateFailure => new StateFailure('States.IntrinsicFailure', detail);
