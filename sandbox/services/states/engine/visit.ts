import type { Json, JsonObject } from '../../../../shared/platform/json.ts';
import type { Account } from '../../../account.ts';
import type { State, StateType } from '../definition/types.ts';
import type { Scope } from '../path/read.ts';
import type { Execution } from '../store.ts';

/** One line of states: the machine itself, a branch of a Parallel, an iteration of a Map. */
export interface Line {
  /** Id of the last event on this line: what the next one names as its previous. */
  previous: number;
  /** The state it is in. */
  current?: StateType;
  /** The item of the innermost Map around it. */
  readonly item?: { readonly Index: number; readonly Value: Json };
}

/** A state being run. */
export interface Visit<S extends State = State> {
  readonly account: Account;
  readonly execution: Execution;
  readonly line: Line;
  readonly name: string;
  readonly state: S;
  /** As it was entered, before InputPath. */
  readonly input: Json;
  readonly enteredAt: number;
  readonly enteredEventId: number;
  retryCount: number;
  token?: string;
}

/** Where a state leads: its output, and the next state unless the line ends here. */
export interface Onward {
  readonly output: Json;
  readonly next: string | undefined;
}

const iso = (at: number): string => new Date(at).toISOString();

/** The context object, `$$`. */
function contextOf(visit: Visit): JsonObject {
  const { execution, line, account } = visit;
  const { machine } = execution;
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      Name: execution.name,
      RoleArn: `arn:aws:iam::${account.id}:role/${machine.roleName}`,
      StartTime: iso(execution.startedAt),
      RedriveCount: 0,
    },
    State: { EnteredTime: iso(visit.enteredAt), Name: visit.name, RetryCount: visit.retryCount },
    StateMachine: { Id: machine.arn, Name: machine.name },
    ...(visit.token === undefined ? {} : { Task: { Token: visit.token } }),
    ...(line.item === undefined ? {} : { Map: { Item: { ...line.item } } }),
  };
}

/** What paths of a state read: `input`, and the context object. */
export const scopeOf = (visit: Visit, input: Json): Scope => ({ input, context: contextOf(visit) });
