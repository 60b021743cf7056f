import { executionName } from '../../../shared/incident/keys.ts';
import { openHeads } from '../../../shared/incident/openHeads.ts';
import { firstOf } from '../../../shared/report/text.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok } from '../check.ts';

/** The sweep starts again what has died, every five minutes. */
const againWithinMs = 10 * 60_000;
const mostNamed = 3;

/** Incidents that are to be under way: each has an execution of the state machine that runs. */
export const runs: Check = {
  name: 'runs',
  look: async ({ stage: { stage, effects } }) => {
    const { table, executions, clock } = effects;
    const now = clock.now().getTime();
    const heads = await asked('dynamodb:Query on the incident table', () => openHeads(table));
    const running = heads.filter(({ state }) => state === 'running');
    const looked = await Promise.all(
      running.map(async ({ incident, run, runAt }) => {
        const execution = await asked('states:DescribeExecution', () =>
          executions.describe(executionName(incident, run)),
        );
        return { incident, runAt, lives: execution?.status === 'RUNNING' };
      }),
    );
    const dead = looked.filter(({ lives, runAt }) => !lives && now - Date.parse(runAt) > againWithinMs);
    if (dead.length === 0) return ok(`${heads.length} incidents are open, ${running.length} of them under way.`);
    const lines = dead.map(({ incident, runAt }) => `${incident}, since ${runAt}`);
    return broken(
      `Under way, and without a run that lives: ${firstOf(lines, mostNamed).join('; ')}.`,
      `The sweep should have started them again: see schedules, functions and state-machine here; firebreak incidents show <incident> --stage ${stage} says how far each came.`,
    );
  },
};
