import { describe, expect, it } from 'vitest';
import { lambdaFigures } from '../../sandbox/services/lambda/figures.ts';
import { executionFigures, statesOf } from '../../sandbox/services/states/store.ts';
import { manySteps } from './manySteps.ts';
import { unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const STATES_OF_ONE_STEP = 8;
const STATES_PER_FURTHER_STEP = 2;
/** Every call but those of the channels, which come after the message. */
const callsOf = ({ account }: Stage): number =>
  Object.entries(lambdaFigures(account).functions)
    .filter(([name]) => !name.endsWith('-channel'))
    .reduce((sum, [, { invocations }]) => sum + invocations, 0);
/** Intake, Decide, Act, Verify, Report. */
const CALLS_OF_ONE_STEP = 5;
const CALLS_PER_FURTHER_STEP = 2;
const LARGEST_STATE = 8 * 1024;

const quarantineAlone = `name: alone
when: { type: [ImageScan] }
do: [ecr.quarantine-image]
mode: enforce
`;
const withEvidence = quarantineAlone.replace('[ecr.quarantine-image]', '[evidence.capture, ecr.quarantine-image]');

describe.each([
  [1, quarantineAlone],
  [2, withEvidence],
])('a containment of %i steps on the packaged machine', (steps, rule) => {
  it('keeps within the limits of states, state size and Lambda calls', async () => {
    await using stage = await openStage({ rules: { alone: rule } });
    const before = callsOf(stage);
    stage.scan(unused);
    await stage.settle();
    expect(stage.head(unused).outcome).toBe('contained');
    const [run, ...others] = [...statesOf(stage.account).executions.keys()];
    expect(others).toEqual([]);
    const { statesEntered, maxPayloadBytes, retries } = executionFigures(stage.account, run ?? '');
    expect(statesEntered).toBeLessThanOrEqual(STATES_OF_ONE_STEP + STATES_PER_FURTHER_STEP * (steps - 1));
    expect(maxPayloadBytes).toBeLessThanOrEqual(LARGEST_STATE);
    expect(retries).toBe(0);
    const calls = callsOf(stage) - before;
    expect(calls).toBeLessThanOrEqual(CALLS_OF_ONE_STEP + CALLS_PER_FURTHER_STEP * (steps - 1));
  });
});

describe('40 services with three steps each, on the packaged machine', () => {
  it('keep within the same limits', async () => {
    const { status, figures } = await manySteps(120);
    expect(status).toBe('SUCCEEDED');
    expect(figures.statesEntered).toBeLessThanOrEqual(STATES_OF_ONE_STEP + STATES_PER_FURTHER_STEP * 119);
    expect(figures.maxPayloadBytes).toBeLessThanOrEqual(LARGEST_STATE);
    // Intake comes before the run.
    expect(figures.lambdaCalls + 1).toBeLessThanOrEqual(CALLS_OF_ONE_STEP + CALLS_PER_FURTHER_STEP * 119);
  });

  it('would be seen to exceed them: twice as many steps need a larger state', async () => {
    const { figures } = await manySteps(400);
    expect(figures.maxPayloadBytes).toBeGreaterThan(LARGEST_STATE);
  });
});
