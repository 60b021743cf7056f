import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Account, Call, Operation } from '../../../../sandbox/account.ts';
import { createStateMachine } from '../../../../sandbox/services/states/machines.ts';
import type { Integration, Integrations } from '../../../../sandbox/services/states/ports.ts';
import { statesService } from '../../../../sandbox/services/states/service.ts';
import { startExecution } from '../../../../sandbox/services/states/start.ts';
import { type Execution, type ExecutionStatus, statesOf } from '../../../../sandbox/services/states/store.ts';
import type { Json } from '../../../../shared/platform/json.ts';
import { type FakeClock, fakeAccount } from '../../fakeAccount.ts';

export const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:work';
export const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:machine';

export interface Stage {
  readonly account: Account;
  readonly clock: FakeClock;
  /** Statuses announced, in order. */
  readonly announced: ExecutionStatus[];
  start(input?: Json, name?: string): Execution;
  /** Starts an execution and lets `ms` of virtual time pass. */
  run(input?: Json, ms?: number): Promise<Execution>;
  /** An API operation as the front door would call it, without IAM. */
  api<O>(name: string, input: object): O;
}

/** An account with one state machine and stand-ins for what its tasks call. */
export function stage(definition: unknown, integrations: Integrations = {}): Stage {
  const { account, clock, call } = fakeAccount();
  const state = statesOf(account);
  const announced: ExecutionStatus[] = [];
  state.integrations = integrations;
  state.announce = (_, { status }) => announced.push(status);
  createStateMachine(account, { name: 'machine', arn: MACHINE, definition, roleName: 'machine', type: 'STANDARD' });
  const start = (input: Json = {}, name?: string): Execution =>
    startExecution(account, MACHINE, JSON.stringify(input), name);
  return {
    account,
    clock,
    announced,
    start,
    run: async (input, ms = 0) => {
      const execution = start(input);
      await clock.advance(ms);
      return execution;
    },
    api: <O>(name: string, input: object) => perform<O>(statesService.operations[name], input, call()),
  };
}

const perform = <O>(operation: Operation | undefined, input: object, call: Call): O => {
  if (!operation) throw new Error('there is no such operation');
  return operation.run(input as never, call) as O;
};

/** One Task on the stand-in function, ending the machine. */
export const oneTask = (more: object = {}): object => ({
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: FUNCTION, End: true, ...more } },
});

/** A function that answers each call with the next of `answers`; the last one is repeated. */
export function answering(...answers: readonly (Json | Error)[]): Integration & { calls: Json[] } {
  const calls: Json[] = [];
  const integration = async (args: Json): Promise<Json> => {
    calls.push(args);
    const answer = answers[Math.min(calls.length, answers.length) - 1] ?? null;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return Object.assign(integration, { calls });
}

export const outputOf = ({ outputText }: Execution): Json => JSON.parse(outputText ?? 'null') as Json;
export const typesOf = (events: readonly HistoryEvent[]): string[] => events.map(({ type }) => type ?? '');
