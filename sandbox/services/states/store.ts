import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Json } from '../../../shared/platform/json.ts';
import { type Account, AwsError, slice } from '../../account.ts';
import type { Definition } from './definition/types.ts';
import type { RunningFiber } from './engine/fiber.ts';
import { realIntegrations } from './integrations/real.ts';
import type { Integrations } from './ports.ts';
import { announceStatus } from './statusEvent.ts';

export interface StateMachine {
  readonly name: string;
  readonly arn: string;
  readonly definition: Definition;
  /** As DescribeStateMachine gives it. */
  readonly definitionText: string;
  readonly roleName: string;
  readonly loggingConfig: object | undefined;
  readonly createdAt: number;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** Counted for figures and limits; a retry is counted apart from the first attempt. */
export interface Figures {
  statesEntered: number;
  retries: number;
  /** Calls of functions in first attempts, and in retries. */
  lambdaCalls: number;
  lambdaRetries: number;
  /** The largest input, output or result of a state, in bytes of UTF-8. */
  maxPayloadBytes: number;
}

export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  /** The very text that was sent. */
  readonly inputText: string;
  readonly input: Json;
  readonly startedAt: number;
  readonly history: HistoryEvent[];
  readonly figures: Figures;
  status: ExecutionStatus;
  stoppedAt?: number;
  outputText?: string;
  error?: string | undefined;
  cause?: string | undefined;
  /** Set once the history is full: nothing but the end is recorded after that. */
  full: boolean;
  /** Live part: what stops it. Gone when it has ended. */
  fiber?: RunningFiber;
  cancelTimers?: () => void;
}

/** A task that waits for its token to be answered. */
export interface OpenTask {
  readonly succeed: (output: Json) => void;
  readonly fail: (error: string | undefined, cause: string | undefined) => void;
  readonly heartbeat: () => void;
}

export interface StatesState {
  readonly machines: Map<string, StateMachine>;
  readonly executions: Map<string, Execution>;
  /** Every token ever given out; undefined once its task is over. */
  readonly tokens: Map<string, OpenTask | undefined>;
  readonly timers: Map<number, () => void>;
  lastTimer: number;
  /** What Task states call, by resource. A test may put its own in place of the account's services. */
  integrations: Integrations;
  /** Told when an execution has started or ended. */
  announce: (account: Account, execution: Execution) => void;
  /** For tests: status events are best effort on AWS, so they may never come. */
  loseStatusEvents: boolean;
}

/** Timers are clock events that carry their number only; what waits for them is looked up here. */
export const statesOf = slice('states', (account): StatesState => {
  const state: StatesState = {
    machines: new Map(),
    executions: new Map(),
    tokens: new Map(),
    timers: new Map(),
    lastTimer: 0,
    integrations: realIntegrations,
    announce: announceStatus,
    loseStatusEvents: false,
  };
  account.clock.on('states.timer', (args) => {
    const timer = Number(args);
    const fire = state.timers.get(timer);
    state.timers.delete(timer);
    fire?.();
  });
  return state;
});

/** Throws AwsError InvalidArn for what is none of this service's. */
function checkArn(arn: string): void {
  if (!/^arn:[^:]+:states:/.test(arn)) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
}

export function machineByArn(account: Account, arn: string): StateMachine {
  const machine = statesOf(account).machines.get(arn);
  if (machine) return machine;
  checkArn(arn);
  throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

export function executionByArn(account: Account, arn: string): Execution {
  const execution = statesOf(account).executions.get(arn);
  if (execution) return execution;
  checkArn(arn);
  throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

/**
 * What an execution cost: states entered and function calls in first attempts, retries apart, the largest payload.
 * @throws AwsError ExecutionDoesNotExist
 */
export const executionFigures = (account: Account, executionArn: string): Figures => ({
  ...executionByArn(account, executionArn).figures,
});
