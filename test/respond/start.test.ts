import { beforeEach, describe, expect, it } from 'vitest';
import { executionName } from '../../shared/incident/keys.ts';
import { runEnded } from '../../shared/respond/runEnded.ts';
import { start } from '../../shared/respond/start.ts';
import { Lab } from './model/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

const executions = () => [...lab.world.machine.executions.values()];

/** The execution of the head's run is over. */
const ends = async (status: 'FAILED' | 'ABORTED' | 'SUCCEEDED', error?: string): Promise<void> => {
  const { incident, run } = await lab.head();
  const execution = lab.world.machine.executions.get(executionName(incident, run));
  if (execution === undefined) throw new Error('There is no execution');
  execution.status = status;
  if (error !== undefined) execution.error = error;
};

const again = (): Promise<void> => start(lab.effects, lab.incident);

describe('a start', () => {
  it('is repeated without effect while the run is under way', async () => {
    await again();
    await again();
    expect(executions()).toHaveLength(1);
    expect(await lab.head()).toMatchObject({ deadRuns: 0 });
  });

  it('does nothing for an incident that rests, or that there is none of', async () => {
    await lab.run();
    await ends('SUCCEEDED');
    await again();
    await start(lab.effects, 'nobody');
    expect(executions()).toHaveLength(1);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
  });

  it('leaves a head alone that has moved on to another run meanwhile', async () => {
    await ends('FAILED');
    const head = { pk: `incident#${lab.incident}`, sk: 'head' };
    const { executions: real } = lab.effects;
    lab.with({
      executions: {
        ...real,
        start: async (name, input) => {
          const answer = await real.start(name, input);
          await lab.world.table.update(head, {}, { set: { run: 'another' } });
          return answer;
        },
      },
    });
    await again();
    expect(await lab.head()).toMatchObject({ run: 'another', deadRuns: 0 });
  });

  it('does not take a run for dead that Step Functions says is running', async () => {
    const { executions: real } = lab.effects;
    lab.with({ executions: { ...real, start: async () => 'exists' } });
    await again();
    expect(await lab.head()).toMatchObject({ deadRuns: 0 });
  });
});

describe('a run that died', () => {
  it('is followed by one more, under an id that the state machine knows as a retry', async () => {
    const { run } = await lab.head();
    await ends('FAILED', 'Paged');
    await again();
    const head = await lab.head();
    expect(head).toMatchObject({ state: 'running', deadRuns: 1, round: 1 });
    expect(head.run).not.toBe(run);
    expect(head.run).toMatch(/-retry$/);
    expect(executions()).toHaveLength(2);
  });

  it('holds the incident when the next one dies too; the machine has paged, so a notice says so', async () => {
    await ends('FAILED', 'Paged');
    await again();
    await ends('FAILED', 'Paged');
    await again();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held', outbox: [{ tier: 'notice' }] });
    expect(executions()).toHaveLength(2);
  });

  it('pages when the machine has not: that a retry ended as "Paged" is no page', async () => {
    await ends('ABORTED');
    await again();
    await ends('FAILED', 'Paged');
    await again();
    expect(await lab.head()).toMatchObject({ outcome: 'held', outbox: [{ tier: 'page' }] });
  });

  it('is not the second in a row when a finding came in between', async () => {
    await ends('FAILED', 'Paged');
    await again();
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
    await ends('FAILED', 'Paged');
    await again();
    expect(await lab.head()).toMatchObject({ state: 'running', deadRuns: 1 });
  });

  it('is forgotten once a run has reported', async () => {
    await ends('FAILED', 'Paged');
    await again();
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'contained', deadRuns: 0, machinePaged: false });
  });

  it('starts anew with the next finding after it was held', async () => {
    for (let n = 0; n < 2; n += 1) {
      await ends('ABORTED');
      await again();
    }
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
    expect(await lab.head()).toMatchObject({ state: 'running', deadRuns: 0 });
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'contained' });
  });
});

describe('the end of an execution', () => {
  const detail = async () => ({ status: 'FAILED', input: JSON.stringify({ incident: lab.incident }) });

  it('starts the next run, and sends what holding the incident had to say', async () => {
    await ends('FAILED', 'Paged');
    await runEnded(lab.effects, await detail());
    expect(await lab.head()).toMatchObject({ deadRuns: 1 });
    await ends('FAILED', 'Paged');
    await runEnded(lab.effects, await detail());
    expect(await lab.head()).toMatchObject({ state: 'resting', outbox: [] });
    expect(lab.world.published).toMatchObject([{ tier: 'notice' }]);
  });

  it.each([null, {}, { input: 'no JSON' }, { input: '{}' }, { inputDetails: { included: false } }])(
    'looks after every running incident when it does not say which: %j',
    async (unknown) => {
      await ends('FAILED', 'Paged');
      await runEnded(lab.effects, unknown);
      expect(await lab.head()).toMatchObject({ deadRuns: 1 });
    },
  );
});
