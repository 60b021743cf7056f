import { describe, expect, it } from 'vitest';
import { faults } from '../../sandbox/door/faults.ts';
import { statesOf } from '../../sandbox/services/states/store.ts';
import { plain, plainImages } from './plainImages.ts';
import { relent } from './refusals.ts';
import { stopFirstRun } from './removal/proof.ts';
import { openStage, type Stage } from './stage.ts';

const image = plain('a');

/** An account in which nobody hears how an execution has ended. */
async function openDeaf(): Promise<Stage> {
  const stage = await openStage({ world: plainImages });
  statesOf(stage.account).loseStatusEvents = true;
  return stage;
}

const decideDies = ({ account }: Stage): void => {
  faults(account).push(({ functionName }) => (functionName === 'firebreak-dev-decide' ? 'crash-before' : undefined));
};
const subjects = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
/** Nobody is at work, and nothing waits to be sent. */
const expectRest = (stage: Stage, outcome: string): void =>
  expect(stage.head(image)).toMatchObject({ state: 'resting', outcome, outbox: [] });

describe('nobody hears that a run has ended', () => {
  it('it died: its page has gone out, and the sweep opens the run that contains the image', async () => {
    await using stage = await openDeaf();
    decideDies(stage);
    stage.scan(image);
    await stage.settle();
    expect(stage.head(image).state).toBe('running');
    relent(stage);
    await stage.pass(6 * 60);
    expectRest(stage, 'contained');
    expect(stage.executions().map(({ status }) => status)).toEqual(['FAILED', 'SUCCEEDED']);
    expect(subjects(stage)).toEqual([
      'page GET UP: Firebreak could not finish',
      expect.stringContaining('notice ALARM: "firebreak-dev-failed-runs"'),
      expect.stringMatching(/^digest NO ACTION: plain\/image-a contained,/),
    ]);
  });

  it('both die: the sweep holds the incident, and there is one page and one notice', async () => {
    await using stage = await openDeaf();
    decideDies(stage);
    stage.scan(image);
    await stage.pass(30 * 60);
    expectRest(stage, 'held');
    expect(stage.executions().map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
    expect(subjects(stage).filter((subject) => !subject.includes('ALARM'))).toEqual([
      'page GET UP: Firebreak could not finish',
      expect.stringMatching(/^notice NO ACTION: plain\/image-a held, Firebreak could not finish,/),
    ]);
  });

  it('somebody stopped it: the sweep opens the run that contains the image, which tells once', async () => {
    await using stage = await openDeaf();
    stage.scan(image);
    await stopFirstRun(stage);
    await stage.pass(6 * 60);
    expectRest(stage, 'contained');
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(1);
    expect(subjects(stage)).toEqual([expect.stringMatching(/^digest NO ACTION: plain\/image-a contained,/)]);
  });
});
