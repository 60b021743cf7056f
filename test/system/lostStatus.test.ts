import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faults } from '../../sandbox/faults/faults.ts';
import { abortExecution } from '../../sandbox/services/states/engine/execution.ts';
import { statesOf } from '../../sandbox/services/states/store.ts';
import { plain, plainImages } from './plainImages.ts';
import { relent } from './refusals.ts';
import { type Image, incidentOf } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ world: plainImages });
  statesOf(stage.account).loseStatusEvents = true;
});
afterEach(() => relent(stage));
afterAll(() => stage[Symbol.asyncDispose]());

const decideDies = (): void => {
  faults(stage.account).push(({ functionName }) =>
    functionName === 'firebreak-dev-decide' ? 'crash-before' : undefined,
  );
};
const runsOf = (image: Image) =>
  stage.executions().filter(({ input }) => JSON.stringify(input).includes(incidentOf(image)));
const toldOf = ({ repository }: Image): readonly string[] =>
  stage.told().flatMap(({ tier, subject, body }) => (body.includes(repository) ? [`${tier} ${subject}`] : []));
/** Nobody is at work, and nothing waits to be sent. */
const expectRest = (image: Image, outcome: string): void =>
  expect(stage.head(image)).toMatchObject({ state: 'resting', outcome, outbox: [] });

describe('nobody hears that a run has ended', () => {
  it('it died: its page has gone out, and the sweep opens the run that contains the image', async () => {
    const image = plain('a');
    decideDies();
    stage.scan(image);
    await stage.settle();
    expect(stage.head(image).state).toBe('running');
    relent(stage);
    await stage.pass(6 * 60);
    expectRest(image, 'contained');
    expect(runsOf(image).map(({ status }) => status)).toEqual(['FAILED', 'SUCCEEDED']);
    expect(toldOf(image)).toEqual([
      'page GET UP: Firebreak could not finish',
      expect.stringMatching(/^digest NO ACTION: plain\/image-a contained,/),
    ]);
    const [page] = stage.told();
    expect(page?.body).toContain(`firebreak incidents show ${incidentOf(image)} --stage dev`);
  });

  it('both die: the sweep holds the incident, and there is one page and one notice', async () => {
    const image = plain('b');
    decideDies();
    stage.scan(image);
    await stage.pass(30 * 60);
    expectRest(image, 'held');
    expect(runsOf(image).map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
    expect(toldOf(image)).toEqual([
      'page GET UP: Firebreak could not finish',
      expect.stringMatching(/^notice NO ACTION: plain\/image-b held, Firebreak could not finish,/),
    ]);
  });

  it('somebody stopped it: the sweep opens the run that contains the image, which tells once', async () => {
    const image = plain('c');
    stage.scan(image);
    for (let step = 0; step < 100 && runsOf(image).length === 0; step += 1) await stage.pass(0.02);
    const [run] = runsOf(image);
    if (run === undefined) throw new Error('No run began');
    abortExecution(stage.account, run);
    await stage.pass(6 * 60);
    expectRest(image, 'contained');
    expect(runsOf(image).map(({ status }) => status)).toEqual(['ABORTED', 'SUCCEEDED']);
    expect(toldOf(image)).toEqual([expect.stringMatching(/^digest NO ACTION: plain\/image-c contained,/)]);
  });
});
