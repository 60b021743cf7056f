import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { enforcing, incidentOf, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const paging = (page: string, more = ''): { readonly [name: string]: string } => ({
  enforcing: enforcing.replace(
    'page: { held: notice }\n',
    `page: { contained: ${page} }\nescalate: { after: PT15M, times: 2 }\n${more}`,
  ),
});

const commandsOn =
  (stage: Stage) =>
  (...args: readonly string[]): Promise<Ran> =>
    firebreak(args, { env: environmentOf(stage.account) });

const pages = (stage: Stage) => stage.told().filter(({ tier }) => tier === 'page');

async function stopRuns({ account, executions }: Stage): Promise<void> {
  const { region, endpoint } = account;
  const client = new SFNClient({ region, endpoint, credentials: rootCredentials(account) });
  for (const { arn, status } of executions())
    if (status === 'RUNNING') await client.send(new StopExecutionCommand({ executionArn: arn }));
}

async function paged(page = 'page', more = ''): Promise<Stage> {
  const stage = await openStage({ rules: paging(page, more) });
  stage.scan(unused);
  // Not until all is at rest: a run that waits for somebody rests when there is nobody left.
  await stage.pass(180);
  return stage;
}

/** What the page says to type, without the name of the command. */
const typed = (stage: Stage): readonly string[] =>
  (/^Say that you have it: firebreak (.*)$/m.exec(pages(stage)[0]?.body ?? '')?.[1] ?? '').split(' ');

describe('a page', () => {
  it('that nobody acknowledges goes on to the second, twice, and then rests', async () => {
    await using stage = await paged();
    expect(pages(stage)).toHaveLength(1);
    const { next } = stage.head(unused).page ?? {};
    const seconds = (Date.parse(next ?? '') - stage.sandbox.clock.now()) / 1000;
    await stage.pass(seconds - 5);
    expect(pages(stage)).toHaveLength(1);
    // Not with the sweep of all, every five minutes: to the second.
    await stage.pass(15);
    expect(pages(stage)).toHaveLength(2);
    await stage.settle();
    expect(pages(stage)).toHaveLength(3);
    expect(pages(stage).map(({ subject }) => subject.slice(0, 20))).toEqual([
      expect.stringMatching(/^GET UP: (?!unans)/),
      'GET UP: unanswered, ',
      'GET UP: unanswered, ',
    ]);
    await stage.pass(6 * 3600);
    expect(pages(stage)).toHaveLength(3);
  });

  it('that somebody acknowledges, with the command that it names, goes on to nobody', async () => {
    await using stage = await paged();
    const run = commandsOn(stage);
    expect((await run('incidents', 'list')).out).toContain('NOBODY HAS ACKNOWLEDGED IT');
    const [mine, yours] = await Promise.all([
      run(...typed(stage), '--by', 'ana', '--reason', 'on it'),
      run(...typed(stage), '--by', 'ben'),
    ]);
    expect([mine.exit, yours.exit]).toEqual([0, 0]);
    const list = JSON.parse((await run('incidents', 'list', '--json')).out);
    const { by } = list.incidents[0].page.acknowledged;
    expect(mine.out).toContain(`${by} ha`);
    expect(yours.out).toContain(`${by} ha`);
    expect((await run('incidents', 'show', incidentOf(unused))).out).toContain(`in the hands of ${by}`);
    await stage.pass(6 * 3600);
    expect(pages(stage)).toHaveLength(1);
    expect(stage.told().filter(({ subject }) => subject.includes(`acknowledged by ${by}`))).toHaveLength(1);
    expect(stage.table().filter(({ sk }) => sk.startsWith('decision#acknowledged#'))).toHaveLength(1);
  });

  it('goes on though the run that waits is stopped by hand, with the sweep', async () => {
    await using stage = await paged();
    await stopRuns(stage);
    await stage.pass(21 * 60);
    expect(pages(stage).filter(({ subject }) => subject.startsWith('GET UP: unanswered'))).toHaveLength(1);
  });

  it('is closed by an undo, and there is nothing to acknowledge any more', async () => {
    await using stage = await paged();
    const run = commandsOn(stage);
    await run('undo', incidentOf(unused), '--reason', 'a false alarm', '--by', 'eva');
    await stage.pass(6 * 3600);
    expect(stage.head(unused)).toMatchObject({ outcome: 'undone' });
    expect(pages(stage)).toHaveLength(1);
    expect(await run(...typed(stage))).toMatchObject({
      exit: 1,
      err: expect.stringContaining('nobody is being called'),
    });
  });

  it('of what is asked goes on until the answer, and the answer is the acknowledgement', async () => {
    await using stage = await paged('digest', 'approval: { when: [always], timeout: PT1H, onTimeout: hold }\n');
    const run = commandsOn(stage);
    await stage.pass(20 * 60);
    expect(pages(stage)).toHaveLength(2);
    const words = /^Approve: firebreak (.*)$/m.exec(pages(stage)[1]?.body ?? '')?.[1] ?? '';
    expect(await run(...words.split(' '))).toMatchObject({ exit: 0 });
    await stage.pass(6 * 3600);
    expect(stage.head(unused)).toMatchObject({ outcome: 'contained' });
    expect(pages(stage)).toHaveLength(2);
  });

  it('is not there to be acknowledged: one sentence, and exit 1', async () => {
    await using stage = await openStage({ rules: paging('digest') });
    const run = commandsOn(stage);
    expect(await run('acknowledge', 'nothing')).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/^firebreak: .*\n$/),
    });
    stage.scan(unused);
    await stage.pass(180);
    expect(await run('ack', incidentOf(unused))).toMatchObject({ exit: 1, err: expect.stringContaining('No page of') });
    expect(await run('ack', incidentOf(unused), '--reason', ' ')).toMatchObject({ exit: 2 });
  });
});
