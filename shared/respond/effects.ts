import type { Action, EvidenceStore, Permission, Target } from '../actions/contract.ts';
import type { Bodies } from '../incident/bodies.ts';
import type { Table } from '../incident/table.ts';
import type { Clock, NewId } from '../platform/clock.ts';
import type { Aws } from '../platform/sdk/aws.ts';
import type { About } from '../platform/topics.ts';
import type { RuleSet, Tier } from '../rules/rule.ts';

export type { Bodies } from '../incident/bodies.ts';
export type { Table } from '../incident/table.ts';

/** Runs of the remediation state machine. */
export interface Executions {
  /** `started` also when this very execution is still running; `exists` when one of this name is over. */
  start(name: string, input: string): Promise<'started' | 'exists'>;
  /** Undefined when Step Functions does not know it (any more). */
  describe(name: string): Promise<{ readonly status: string; readonly error?: string } | undefined>;
}

export interface Publisher {
  /** @param html the same as `body`, for those who can show it */
  publish(tier: Tier, subject: string, body: string, about?: About, html?: string): Promise<void>;
}

export interface DeadLetters {
  send(body: string, reason: string, path: string): Promise<void>;
}

export interface PublishedRules {
  readonly hash: string;
  readonly number: number;
  /** Parameter name -> version that the set was compiled from. */
  readonly versions: { readonly [parameter: string]: number };
  readonly set: RuleSet;
}

export interface RuleSets {
  /** Throws InvalidRules when there is no usable set. */
  current(): Promise<PublishedRules>;
}

/** Credentials for one action on one target. */
export interface Sessions {
  read(target: Target, permissions: readonly Permission[]): Promise<Aws>;
  write(target: Target, permissions: readonly Permission[]): Promise<Aws>;
  /** ARN of the role that they are of, in an account: what it did, we did. */
  role(account: string): string;
}

export interface Tokens {
  /** Never throws for a token that is answered, timed out or unknown: a token only wakes. */
  succeed(token: string, output: string): Promise<void>;
}

/** A static message and fields. */
export type Log = (message: string, fields: { readonly [name: string]: unknown }) => void;

/** Where the evidence of a round goes, and is read back from. */
export type EvidenceOf = (incident: string, run: string, round: number) => EvidenceStore;

/** All that the states do to the world; adapters are made by the functions, fakes by the tests. */
export interface Effects {
  readonly table: Table;
  readonly bodies: Bodies;
  readonly executions: Executions;
  readonly publisher: Publisher;
  readonly deadLetters: DeadLetters;
  readonly ruleSets: RuleSets;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly evidence: EvidenceOf;
  readonly catalogue: readonly Action[];
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly stage: string;
  /** Where the console is, with a slash at its end; absent where there is none. */
  readonly consoleUrl?: string;
}
