import type { Json } from '../../../../shared/platform/json.ts';
import type { Block, State } from '../definition/types.ts';
import { RuntimeFailure } from '../failure.ts';
import { visitChoice } from '../visits/choice.ts';
import { visitFail, visitSucceed } from '../visits/ending.ts';
import { visitMap } from '../visits/map.ts';
import { visitParallel } from '../visits/parallel.ts';
import { visitPass } from '../visits/pass.ts';
import { visitTask } from '../visits/task.ts';
import { visitWait } from '../visits/wait.ts';
import { payloadText } from './dataFlow.ts';
import type { Fiber } from './fiber.ts';
import { type Recorder, record, whole } from './history.ts';
import type { Line, Onward, Visit } from './visit.ts';

/** Runs the states of a block from StartAt to the end of its line; gives the last output. */
export function* runLine(recorder: Recorder, line: Line, block: Block, input: Json): Fiber<Json> {
  let onward: Onward = { output: input, next: block.StartAt };
  while (onward.next !== undefined) onward = yield* runState(recorder, line, block, onward.next, onward.output);
  return onward.output;
}

function* runState(recorder: Recorder, line: Line, block: Block, name: string, input: Json): Fiber<Onward> {
  const { account, execution } = recorder;
  const state = block.States[name];
  if (!state) throw new Error(`the definition was checked, yet ${name} is not in it`);
  const enteredEventId = record(recorder, line, `${state.Type}StateEntered`, {
    stateEnteredEventDetails: { name, input: payloadText(recorder, input, name), inputDetails: whole },
  });
  line.current = state.Type;
  execution.figures.statesEntered += 1;
  const enteredAt = account.clock.now();
  const visit: Visit = { account, execution, line, name, state, input, enteredAt, enteredEventId, retryCount: 0 };
  try {
    const onward = yield* visitState(visit);
    const output = payloadText(visit, onward.output, name);
    if (state.Type !== 'Fail') {
      record(recorder, line, `${state.Type}StateExited`, {
        stateExitedEventDetails: { name, output, outputDetails: whole },
      });
    }
    return onward;
  } catch (error) {
    throw error instanceof RuntimeFailure && !execution.full ? error.within(name, enteredEventId) : error;
  }
}

function visitState(visit: Visit): Fiber<Onward> {
  const as = <S extends State>(state: S): Visit<S> => Object.assign(visit, { state });
  const { state } = visit;
  switch (state.Type) {
    case 'Task':
      return visitTask(as(state));
    case 'Map':
      return visitMap(as(state), runLine);
    case 'Parallel':
      return visitParallel(as(state), runLine);
    case 'Wait':
      return visitWait(as(state));
    case 'Pass':
      return visitPass(as(state));
    case 'Choice':
      return visitChoice(as(state));
    case 'Succeed':
      return visitSucceed(as(state));
    case 'Fail':
      return visitFail(as(state));
  }
}

export type RunLine = typeof runLine;
