import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../../shared/platform/json.ts';
import { INPUT, randomMachine } from './randomMachine.ts';
import { outputOf, stage } from './stage.ts';

const work = (input: Json): Json => ({ given: input, list: [1], n: 7 });

interface Result {
  readonly output: Json | undefined;
  readonly error?: string | undefined;
}

async function ours(definition: object): Promise<Result> {
  const on = stage(definition, { 'lambda:function': async (args) => work(args) });
  const execution = on.start(INPUT, 'run');
  await on.clock.advance(0);
  return execution.status === 'SUCCEEDED'
    ? { output: outputOf(execution) }
    : { output: undefined, error: execution.error };
}

/** The same machine by aws-local-stepfunctions; undefined when it fails there. */
async function theirs(definition: object): Promise<Json | undefined> {
  const machine = new StateMachine(structuredClone(definition) as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const { States } = definition as { States: { [name: string]: { ItemProcessor?: { StartAt: string } } } };
  const names = Object.entries(States).flatMap(([name, { ItemProcessor }]) => [name, ItemProcessor?.StartAt ?? name]);
  const taskResourceLocalHandlers = Object.fromEntries(names.map((name) => [name, work as never]));
  const run = machine.run(structuredClone(INPUT), {
    overrides: { taskResourceLocalHandlers },
    context: { Execution: { Name: 'run' } },
  });
  try {
    return (await run.result) as Json;
  } catch {
    return undefined;
  }
}

test('random machines give what aws-local-stepfunctions gives', { timeout: 60_000 }, async () => {
  const runs = process.env['FIREBREAK_FULL'] ? 2000 : 300;
  let succeeded = 0;
  await fc.assert(
    fc.asyncProperty(randomMachine, async (definition) => {
      const expected = await theirs(definition);
      const { output, error } = await ours(definition);
      // It writes over what is in ResultPath's way; the States Language has a failure for that.
      fc.pre(error !== 'States.ResultPathMatchFailure');
      if (expected !== undefined) succeeded += 1;
      expect(output).toEqual(expected);
    }),
    { numRuns: runs, seed: 7 },
  );
  // Otherwise it would compare failures with failures.
  expect(succeeded).toBeGreaterThan(runs / 4);
});
