import type { Json, JsonObject } from '../../../../shared/platform/json.ts';

/** A state machine as the Amazon States Language has it, checked (see schema.ts and graph.ts). */
export interface Block {
  readonly Comment?: string | undefined;
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
  readonly QueryLanguage?: 'JSONPath' | undefined;
}

export interface Definition extends Block {
  readonly Version?: '1.0' | undefined;
  readonly TimeoutSeconds?: number | undefined;
}

interface Common {
  readonly Comment?: string | undefined;
  readonly QueryLanguage?: 'JSONPath' | undefined;
  /** null means `{}`. */
  readonly InputPath?: string | null | undefined;
  readonly OutputPath?: string | null | undefined;
}

interface Flowing extends Common {
  readonly Next?: string | undefined;
  readonly End?: true | undefined;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number | undefined;
  readonly MaxAttempts?: number | undefined;
  readonly BackoffRate?: number | undefined;
  readonly MaxDelaySeconds?: number | undefined;
  readonly JitterStrategy?: 'FULL' | 'NONE' | undefined;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null | undefined;
}

export interface Guarded extends Flowing {
  readonly ResultSelector?: JsonObject | undefined;
  readonly ResultPath?: string | null | undefined;
  readonly Retry?: readonly Retrier[] | undefined;
  readonly Catch?: readonly Catcher[] | undefined;
}

export interface TaskState extends Guarded {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters?: JsonObject | undefined;
  readonly TimeoutSeconds?: number | undefined;
  readonly TimeoutSecondsPath?: string | undefined;
  readonly HeartbeatSeconds?: number | undefined;
  readonly HeartbeatSecondsPath?: string | undefined;
}

export interface MapState extends Guarded {
  readonly Type: 'Map';
  readonly ItemsPath?: string | undefined;
  readonly ItemSelector?: JsonObject | undefined;
  /** The older name of ItemSelector. */
  readonly Parameters?: JsonObject | undefined;
  readonly ItemProcessor?: Block | undefined;
  /** The older name of ItemProcessor. */
  readonly Iterator?: Block | undefined;
  readonly MaxConcurrency?: number | undefined;
  readonly MaxConcurrencyPath?: string | undefined;
}

export interface ParallelState extends Guarded {
  readonly Type: 'Parallel';
  readonly Parameters?: JsonObject | undefined;
  readonly Branches: readonly Block[];
}

export interface PassState extends Flowing {
  readonly Type: 'Pass';
  readonly Parameters?: JsonObject | undefined;
  readonly Result?: Json | undefined;
  readonly ResultPath?: string | null | undefined;
}

export interface WaitState extends Flowing {
  readonly Type: 'Wait';
  readonly Seconds?: number | undefined;
  readonly SecondsPath?: string | undefined;
  readonly Timestamp?: string | undefined;
  readonly TimestampPath?: string | undefined;
}

export interface ChoiceState extends Common {
  readonly Type: 'Choice';
  readonly Choices: readonly (JsonObject & { readonly Next: string })[];
  readonly Default?: string | undefined;
}

export interface SucceedState extends Common {
  readonly Type: 'Succeed';
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Comment?: string | undefined;
  readonly QueryLanguage?: 'JSONPath' | undefined;
  readonly Error?: string | undefined;
  readonly ErrorPath?: string | undefined;
  readonly Cause?: string | undefined;
  readonly CausePath?: string | undefined;
}

export type State =
  | TaskState
  | MapState
  | ParallelState
  | PassState
  | WaitState
  | ChoiceState
  | SucceedState
  | FailState;
export type StateType = State['Type'];
