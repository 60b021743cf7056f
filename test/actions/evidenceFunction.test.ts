import { describe, expect, it } from 'vitest';
import { evidenceCapture as action } from '../../shared/actions/evidenceCapture/evidenceCapture.ts';
import { awsError } from '../account/awsError.ts';
import { actContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';
import { expectNoneUnused, expectPermitted } from './permitted.ts';

const target = embeddedTarget('function');
const name = target.arn.split(':').at(-1) ?? '';
const group = `/aws/lambda/${name}`;
const stream = (at: number) => ({ logStreamName: `2026/11/24/[$LATEST]${at}` });
const refused = (error: string) => () => {
  throw awsError(error);
};

const whole = (change: Answers = {}): Answers => ({
  GetFunctionConfiguration: () => ({
    $metadata: { httpStatusCode: 200 },
    FunctionName: name,
    State: 'Active',
    CodeSha256: 'c29tZSBjb2Rl',
    Environment: { Variables: { DB_PASSWORD: 'correct-horse', DEBUG: '1' } },
  }),
  GetFunctionConcurrency: () => ({ ReservedConcurrentExecutions: 7 }),
  ListTags: () => ({ Tags: { team: 'media' } }),
  DescribeLogStreams: () => ({ logStreams: [stream(1), stream(2)] }),
  GetLogEvents: ({ logStreamName }: { readonly logStreamName: string }) => ({
    events: [{ timestamp: 0, message: `correct-horse in ${logStreamName}` }],
  }),
  ...change,
});

async function capture(answers: Answers) {
  const { aws, sent } = answeringAws(answers);
  const context = actContext(aws);
  const run = () => action.execute(target, {}, {}, context) as Promise<{ did: string }>;
  const parsed = (file: string) => JSON.parse(context.stored.get(file)?.body ?? 'null');
  return { context, run, parsed, sent, list: () => parsed('manifest.json') };
}

describe('evidence on a function', () => {
  it('is stored with what it logged last, the values of its environment withheld wherever they are written', async () => {
    const { context, run, parsed, list, sent } = await capture(whole());
    expect((await run()).did).not.toContain('missing');
    expect([...context.stored.keys()]).toEqual([
      'function.json',
      'logs/1.json',
      'logs/2.json',
      'concurrency.json',
      'findings.json',
      'manifest.json',
    ]);
    expect(parsed('function.json')).toEqual({
      FunctionName: name,
      State: 'Active',
      CodeSha256: 'c29tZSBjb2Rl',
      Environment: { Variables: { DB_PASSWORD: '(value withheld)', DEBUG: '(value withheld)' } },
    });
    expect(parsed('logs/2.json')).toMatchObject({
      group,
      stream: '2026/11/24/[$LATEST]2',
      lines: [{ message: '(value of DB_PASSWORD) in 2026/11/24/[$LATEST]2' }],
    });
    expect(parsed('concurrency.json')).toEqual({ reserved: 7 });
    expect(list()).toMatchObject({ missing: [], remarks: [] });
    expect(sent.find(({ operation }) => operation === 'DescribeLogStreams')?.input).toEqual({
      logGroupName: group,
      orderBy: 'LastEventTime',
      descending: true,
      limit: 5,
    });
    expect(await action.verify(target, {}, {}, context)).toMatchObject({ state: 'holds' });
  });

  it('asks for nothing that it does not declare, and declares nothing that it does not ask for', async () => {
    const { context, run, sent } = await capture(whole());
    await action.observe(target, {}, context);
    await run();
    const asked = sent.map(({ operation }) => `${operation.includes('Log') ? 'logs' : 'lambda'}:${operation}`);
    expectPermitted(action, target, asked, 'reads only');
    expectNoneUnused(action, target, asked);
  });

  it.each([
    [
      'a function that is gone',
      { GetFunctionConfiguration: refused('ResourceNotFoundException') },
      ['the configuration: ', 'the log lines: only the configuration says where they are'],
    ],
    [
      'lines that may not be read',
      { GetLogEvents: refused('AccessDeniedException') },
      ['[$LATEST]1: ', '[$LATEST]2: '],
    ],
    ['streams that may not be listed', { DescribeLogStreams: refused('AccessDeniedException') }, ['the log lines: ']],
    ['an unknown concurrency', { GetFunctionConcurrency: refused('AccessDeniedException') }, ['the concurrency: ']],
  ])('of %s has what is left, and names what is not', async (_what, change, expected) => {
    const { run, list } = await capture(whole(change));
    expect((await run()).did).toContain('missing: ');
    const missing = list().missing.map(({ what, why }: { what: string; why: string }) => `${what}: ${why}`);
    expect(missing).toEqual(expected.map((text) => expect.stringContaining(text)));
    expect(list().files.map((file: { name: string }) => file.name)).toContain('findings.json');
  });

  it.each([
    [
      'a group that is not there',
      { DescribeLogStreams: refused('ResourceNotFoundException') },
      'nothing is written in',
    ],
    ['a group without streams', { DescribeLogStreams: () => ({}) }, 'nothing is written in'],
    [
      'a group of its own choice',
      { GetFunctionConfiguration: () => ({ LoggingConfig: { LogGroup: '/shared/lines' } }) },
      'they go to the log group /shared/lines, and',
    ],
  ])('of %s says so, and lacks nothing', async (_what, change, remark) => {
    const { run, list } = await capture(whole(change));
    expect((await run()).did).not.toContain('missing');
    expect(list()).toMatchObject({ missing: [], remarks: [expect.stringContaining(remark)] });
  });
});

describe('what is seen of a function before', () => {
  const observe = (change: Answers) => action.observe(target, {}, actContext(answeringAws(whole(change)).aws));

  it.each([
    ['its state and owner', {}, { state: 'Active', owner: 'media (tag team)' }],
    [
      'that it is gone',
      { GetFunctionConfiguration: refused('ResourceNotFoundException') },
      { state: 'gone', owner: '' },
    ],
    [
      'that it may not be read, which never stands in the way',
      { GetFunctionConfiguration: refused('AccessDeniedException') },
      { state: 'unreadable: access denied (AccessDeniedException)', owner: 'media (tag team)' },
    ],
  ])('is %s', async (_what, change, seen) => {
    const observed = await observe(change);
    expect(observed).toEqual(seen);
    const sentence = seen.state === 'gone' ? 'evidence was lost with it' : 'Store the evidence on function';
    expect(action.plan(target, {}, observed, { quietPullDays: 7 })).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining(sentence),
    });
  });

  it('may be the lines of this function alone', () => {
    const { read, write } = action.permissions(target);
    expect(write).toEqual([]);
    expect(read.filter(({ action: asked }) => asked.startsWith('logs:')).map(({ resource }) => resource)).toEqual([
      `arn:aws:logs:${target.region}:${target.account}:log-group:${group}:*`,
      `arn:aws:logs:${target.region}:${target.account}:log-group:${group}:log-stream:*`,
    ]);
    expect(() => action.permissions({ ...target, arn: target.arn.replace(name, '*') })).toThrow(
      expect.objectContaining({ name: 'ActionFailed' }),
    );
  });
});
