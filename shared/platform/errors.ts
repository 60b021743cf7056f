/**
 * The named errors. Each is named for what the caller does next; the state machine's Retry and Catch use the same
 * names, because Step Functions matches on `error.name` of a Node handler.
 */
export interface ErrorDetail {
  /** What was read or answered that led to the error; goes into the log and the audit, never into a decision. */
  readonly evidence?: unknown;
  readonly cause?: unknown;
}

class FirebreakError extends Error {
  readonly evidence: unknown;
  constructor(name: string, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = name;
    this.evidence = detail.evidence;
  }
}

/** An event that can never succeed: dead letter, with the path of the offending field. */
export class InvalidEvent extends FirebreakError {
  readonly path: string;
  constructor(path: string, message: string, detail?: ErrorDetail) {
    super('InvalidEvent', message, detail);
    this.path = path;
  }
}

/** No usable rule set, exemption or setting: hold, tell the owner. */
export class InvalidRules extends FirebreakError {
  constructor(message: string, detail?: ErrorDetail) {
    super('InvalidRules', message, detail);
  }
}

/** A field that decides has changed since the plan was made, before anything was changed: decide again. */
export class StalePlan extends FirebreakError {
  constructor(message: string, detail?: ErrorDetail) {
    super('StalePlan', message, detail);
  }
}

/** Another run has the incident: stop, without effect. */
export class StaleRun extends FirebreakError {
  constructor(message: string, detail?: ErrorDetail) {
    super('StaleRun', message, detail);
  }
}

/** AWS has not settled yet: retry with backoff. */
export class NotSettled extends FirebreakError {
  constructor(message: string, detail?: ErrorDetail) {
    super('NotSettled', message, detail);
  }
}

/** AWS asked us to slow down: retry with jitter. */
export class Throttled extends FirebreakError {
  constructor(message: string, detail?: ErrorDetail) {
    super('Throttled', message, detail);
  }
}

/** The target is not there any more: the step is done, the incident is not. */
export class TargetGone extends FirebreakError {
  constructor(message: string, detail?: ErrorDetail) {
    super('TargetGone', message, detail);
  }
}

/** The step did not happen: skip what needs it, page. */
export class ActionFailed extends FirebreakError {
  constructor(message: string, detail?: ErrorDetail) {
    super('ActionFailed', message, detail);
  }
}
