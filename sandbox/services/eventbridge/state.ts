import type { CompiledPattern } from '../../../shared/rules/pattern/compile.ts';
import { type Account, slice } from '../../account.ts';
import { deliver } from './deliver.ts';
import type { Schedule } from './schedule/schedule.ts';
import { onSchedule } from './scheduler.ts';
import type { InputTransformer } from './transform.ts';

interface RetryPolicy {
  /** 0 to 185; the default is 185. */
  readonly maximumRetryAttempts?: number;
  /** 60 to 86,400; the default is 86,400. */
  readonly maximumEventAgeInSeconds?: number;
}

export interface Target {
  readonly id: string;
  /** A queue, a function or a topic; the cluster, for a rule of `addScheduledTask`. */
  readonly arn: string;
  readonly roleArn?: string;
  /** What it would start in the cluster. */
  readonly taskDefinitionArn?: string;
  /** JSON text that stands for the event. */
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: InputTransformer;
  readonly deadLetterArn?: string;
  readonly retryPolicy?: RetryPolicy;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  enabled: boolean;
  readonly eventPattern: Readonly<Record<string, unknown>> | undefined;
  readonly pattern: CompiledPattern | undefined;
  readonly scheduleExpression: string | undefined;
  readonly schedule: Schedule | undefined;
  readonly targets: readonly Target[];
}

/** A delivery that reached neither its target nor a dead-letter queue. */
export interface Dropped {
  readonly at: number;
  readonly rule: string;
  readonly targetId: string;
  readonly eventId: string;
  readonly code: string;
  readonly message: string;
}

/** How the bus misbehaves, for tests: EventBridge delivers at least once, in any order, and some sources only as best they can. */
export interface Delivery {
  /** Every delivery comes this many times more. */
  duplicates: number;
  /** Each delivery is late by up to this, drawn from the account's randomness: so they change places. */
  shuffleMs: number;
  /** Of a hundred events that a service emits, how many never arrive. */
  lostPercent: number;
}

export interface EventsState {
  readonly rules: Map<string, Rule>;
  readonly delivery: Delivery;
  readonly dropped: Dropped[];
}

export const eventsState = slice('events', (account: Account): EventsState => {
  const state: EventsState = {
    rules: new Map(),
    delivery: { duplicates: 0, shuffleMs: 0, lostPercent: 0 },
    dropped: [],
  };
  account.clock.on('events.deliver', (args) => deliver(account, state, args));
  account.clock.on('events.schedule', (args) => onSchedule(account, state, args));
  return state;
});
