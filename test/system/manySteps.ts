import { openTask } from '../../sandbox/services/states/operations/openTask.ts';
import type { Integration } from '../../sandbox/services/states/ports.ts';
import { startExecution } from '../../sandbox/services/states/start.ts';
import { type Execution, statesOf } from '../../sandbox/services/states/store.ts';
import { executionInput, executionName } from '../../shared/incident/keys.ts';
import type { Json, JsonObject } from '../../shared/platform/json.ts';
import type { Decided } from '../../shared/respond/decide.ts';
import type { Reported, ReportInput } from '../../shared/respond/report.ts';
import type { RunInput } from '../../shared/respond/run.ts';
import type { StepOutcome } from '../../shared/respond/verify.ts';
import { incidentOf, unused } from './scan.ts';
import { openStage } from './stage.ts';

/** What the functions answer in a plan of so many steps that all go well, in the very shapes that they answer in. */
const answers = (steps: number) => ({
  decide: ({ incident, run }: RunInput): Decided => ({
    incident,
    run,
    round: 1,
    decision: 'contain',
    acts: true,
    steps: Array.from({ length: steps }, (_, n) => ({ n, atMostSeconds: 1200 })),
  }),
  verify: ({ step }: { readonly step: number }): StepOutcome => ({ n: step, outcome: 'holds' }),
  report: ({ incident, run, round }: ReportInput): Reported => ({
    incident,
    run,
    round,
    more: false,
    outcome: 'contained',
    until: null,
  }),
});

/** A run of the packaged state machine with stand-ins for its functions. */
export async function manySteps(steps: number): Promise<Execution> {
  await using stage = await openStage();
  const { account } = stage;
  const answer = answers(steps);
  const invoke: Integration = async (args) => {
    const { FunctionName: name, Payload: payload } = args as {
      readonly FunctionName: string;
      readonly Payload: JsonObject;
    };
    const { token } = payload;
    if (typeof token === 'string') {
      openTask(account, token).succeed({ n: payload['step'] ?? null, outcome: 'done' });
      return { Payload: null };
    }
    const functionName = name.slice(name.lastIndexOf('-') + 1) as keyof typeof answer;
    return { Payload: answer[functionName](payload as never) as unknown as Json };
  };
  statesOf(account).integrations = { 'arn:aws:states:::lambda:invoke': invoke };
  const incident = incidentOf(unused);
  const run = account.random.uuid();
  const machine = stage.sandbox.stack.outputs['StateMachineArn'] ?? '';
  const execution = startExecution(account, machine, executionInput(incident, run), executionName(incident, run));
  await stage.settle();
  return execution;
}
