import { afterEach, describe, expect, test, vi } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { evidenceCapture as action } from '../../shared/actions/evidenceCapture/evidenceCapture.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { awsError } from '../account/awsError.ts';
import { actContext, now, type TestContext } from './actContext.ts';
import { accused, mockTask, type TaskWorld, target, taskId, whole } from './taskWorld.ts';

const findings = [{ id: 'f1', title: 'a miner' } as Finding];
const before = { state: 'RUNNING', owner: '' };
const manifestFile = `image-${accused.digest.replace(':', '-')}.json`;

async function capture(world: TaskWorld, change: Partial<TestContext> = {}) {
  const mock = mockTask(world);
  const accusation = { ...noAccusation, tasks: [target.arn], digests: [accused.digest] };
  const context: TestContext = { ...actContext(mock.aws), findings, accusation, ...change };
  const run = async (on = target) => (await action.execute(on, {}, before, context)) as { did: string };
  const body = (name: string) => context.stored.get(name)?.body ?? '';
  const list = () => JSON.parse(body('manifest.json') || 'null');
  const missing = () => (list().missing as { what: string; why: string }[]).map(({ what, why }) => `${what}: ${why}`);
  return { mock, context, run, body, list, missing, parsed: (name: string) => JSON.parse(body(name) || 'null') };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a task that is there', () => {
  test('is stored with all that goes with it, and a list with the digests', async () => {
    const { context, run, body, list, parsed } = await capture(whole());
    const { did } = await run();
    expect([...context.stored.keys()]).toEqual([
      'task.json',
      'logs/app.json',
      'findings.json',
      'task-definition.json',
      'service.json',
      'network-interface.json',
      'container-instance.json',
      manifestFile,
      'manifest.json',
    ]);
    expect(parsed('task.json')).toMatchObject({
      tags: [{ key: 'team', value: 'payments' }],
      startedAt: '2026-11-24T11:00:00.000Z',
    });
    expect(parsed('findings.json')).toEqual(findings);
    expect(parsed('service.json').events).toHaveLength(1);
    expect(parsed('network-interface.json')).toEqual([{ NetworkInterfaceId: 'eni-1', PrivateIpAddress: '10.0.1.5' }]);
    expect(parsed('container-instance.json')).toEqual({ ec2InstanceId: 'i-0ab12cd34ef567890' });
    expect(body(manifestFile)).toBe(accused.manifest);
    expect(list()).toMatchObject({
      target: `ecs-task/${target.account}/${target.region}/prod/${taskId}`,
      capturedAt: now.toISOString(),
      missing: [],
      remarks: ['no log lines of proxy: its lines go to awsfirelens, which is not read'],
    });
    for (const file of list().files) expect(file.sha256).toBe(sha256Hex(body(file.name)));
    expect(did).not.toContain('missing');
    expect(await action.verify(target, {}, before, context)).toMatchObject({ state: 'holds' });
  });

  test('has its values withheld, and everything else that names or points to them kept', async () => {
    const { run, parsed } = await capture(whole());
    await run();
    expect(parsed('task.json').overrides.containerOverrides[0].environment).toEqual([
      { name: 'JOB', value: '(value withheld)' },
    ]);
    const [app] = parsed('task-definition.json').taskDefinition.containerDefinitions;
    expect(app).toMatchObject({
      command: ['serve', '--password=(value of DB_PASSWORD)'],
      environment: [
        { name: 'DB_PASSWORD', value: '(value withheld)' },
        { name: 'DEBUG', value: '(value withheld)' },
      ],
      secrets: [{ name: 'KEY', valueFrom: expect.stringMatching(/^arn:/) }],
    });
    expect(parsed('logs/app.json').lines.map(({ message }: { message: string }) => message)).toEqual([
      'connected with (value of DB_PASSWORD)',
      'stratum+tcp://pool.example:3333',
    ]);
  });

  test('is read before its lines, and those before the rest', async () => {
    const { mock, run } = await capture(whole());
    await run();
    expect(mock.sent()).toEqual([
      'DescribeTasks',
      'DescribeTaskDefinition',
      // The second shows that there is nothing before.
      'GetLogEvents',
      'GetLogEvents',
      'DescribeServices',
      'DescribeNetworkInterfaces',
      'DescribeContainerInstances',
    ]);
  });

  test('of no service, host or interface has none of these, and misses nothing', async () => {
    const { task } = whole();
    const { containerInstanceArn: _, ...bare } = { ...task, group: 'family:checkout', attachments: [] };
    const { context, run, missing } = await capture(whole({ task: bare }));
    await run();
    for (const name of ['service.json', 'network-interface.json', 'container-instance.json'])
      expect(context.stored.has(name)).toBe(false);
    expect(missing()).toEqual([]);
  });
});

describe('what cannot be had is named, and the rest is stored', () => {
  test.each([
    ['DescribeTasks', 'the task: access denied (AccessDeniedException)'],
    ['DescribeTaskDefinition', 'the task definition: access denied (AccessDeniedException)'],
    ['GetLogEvents', 'the log lines of app: access denied (AccessDeniedException)'],
    ['DescribeServices', 'the service: access denied (AccessDeniedException)'],
    ['DescribeNetworkInterfaces', 'the network interface: access denied (AccessDeniedException)'],
    ['DescribeContainerInstances', 'the host: access denied (AccessDeniedException)'],
    ['BatchGetImage', 'the image of app: access denied (AccessDeniedException)'],
  ])('%s refused', async (command, gap) => {
    const refuse = { [command]: awsError('AccessDeniedException') };
    const { context, run, missing } = await capture(whole({ refuse }));
    const { did } = await run();
    expect(missing()).toContain(gap);
    expect(did).toContain('missing: ');
    expect(context.stored.has('findings.json')).toBe(true);
    expect((await action.verify(target, {}, before, context)).state).toBe('broken');
  });

  test('a task that is gone leaves what its finding says: lines, definition, service, image', async () => {
    const { context, run, missing } = await capture(whole({ task: undefined }));
    await run();
    expect(missing()).toEqual([
      'the task: it is not there any more',
      'the network interface and the host: only the task says which they are',
    ]);
    expect([...context.stored.keys()]).toEqual([
      'logs/app.json',
      'findings.json',
      'task-definition.json',
      'service.json',
      manifestFile,
      'manifest.json',
    ]);
  });

  test('all gone leaves the findings', async () => {
    const { context, run, missing } = await capture({});
    await run();
    expect([...context.stored.keys()]).toEqual(['findings.json', 'manifest.json']);
    expect(missing().join('\n')).toMatch(
      /^the task: .*\nthe task definition: .*\nthe log lines: .*\nthe service: .*\nthe network interface and the host: .*\nthe image of app: ImageNotFound/,
    );
  });

  test('without the definition the command lines of the task are withheld: nobody knows what is secret in them', async () => {
    const { task } = whole();
    const overrides = { containerOverrides: [{ name: 'app', command: ['mine', '--key=correct-horse'] }] };
    const { run, parsed, list } = await capture(whole({ task: { ...task, overrides }, definition: undefined }));
    await run();
    expect(parsed('task.json').overrides.containerOverrides[0].command).toEqual([
      '(value withheld)',
      '(value withheld)',
    ]);
    expect(list().remarks).toContain('task.json has no command lines: which values to withhold is not known');
  });

  test('what went with a task that Firebreak stopped is no miss; of another stopped task it is', async () => {
    const stopped = { ...whole().task, lastStatus: 'STOPPED', desiredStatus: 'STOPPED' };
    const ours = await capture(
      whole({
        task: { ...stopped, stoppedReason: 'Firebreak contains prod/checkout: x' },
        interfaces: undefined,
        images: [],
      }),
    );
    await ours.run();
    expect(ours.missing()).toEqual([]);
    expect(ours.list().remarks).toHaveLength(3);
    const theirs = await capture(
      whole({ task: { ...stopped, stoppedReason: 'Scaling' }, interfaces: undefined, images: [] }),
    );
    await theirs.run();
    expect(theirs.missing()).toEqual([
      'the network interface: it is not there any more',
      expect.stringMatching(/^the image of app: ImageNotFound/),
    ]);
  });

  test('nothing at all stored is a failure', async () => {
    const put = async () => Promise.reject(awsError('AccessDenied', 403));
    const { run } = await capture(whole(), { evidence: { put, get: async () => null } });
    await expect(run()).rejects.toMatchObject({
      name: 'ActionFailed',
      message: expect.stringContaining('the findings'),
    });
  });
});

describe('the images', () => {
  test('of the containers that run an accused digest; of all where none does', async () => {
    const { run, list } = await capture(whole(), { accusation: { ...noAccusation, digests: [] } });
    await run();
    expect(list().remarks).toContain('the image of proxy (public.ecr.aws/envoy:1) is of another registry than ECR');
  });

  test.each([
    ['no digest is known', { imageDigest: undefined }, 'the image of app: ECS has not said which digest it ran'],
    [
      'it lies in another Region',
      { image: '123456789012.dkr.ecr.us-west-2.amazonaws.com/payments/checkout-api:1' },
      'the image of app: it lies in Region us-west-2',
    ],
  ])('%s', async (_why, change, gap) => {
    const { task } = whole();
    const [app, ...others] = task?.containers ?? [];
    const { run, missing } = await capture(
      whole({ task: { ...task, containers: [{ ...app, ...change }, ...others] } }),
    );
    await run();
    expect(missing()).toContain(gap);
  });
});

describe('the minute', () => {
  test.each([
    ['DescribeTasks', ['the task: the time was up'], 6],
    ['DescribeTaskDefinition', ['the task definition: the time was up'], 5],
    ['GetLogEvents', ['the log lines of app: the time was up'], 7],
  ])('%s that never answers costs its piece ten seconds, and no more', async (command, gaps, atLeast) => {
    vi.useFakeTimers();
    const { run, context, missing } = await capture(whole({ hang: [command] }));
    const running = run();
    await vi.advanceTimersByTimeAsync(10_000);
    await running;
    expect(missing()).toEqual(expect.arrayContaining(gaps));
    expect(context.stored.size).toBeGreaterThanOrEqual(atLeast);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('everything that never answers ends within the minute, with the findings stored', async () => {
    vi.useFakeTimers();
    const hang = ['DescribeTasks', 'DescribeTaskDefinition', 'DescribeServices', 'GetLogEvents'];
    const { run, context } = await capture(whole({ hang }));
    const running = run();
    await vi.advanceTimersByTimeAsync(50_000);
    await running;
    expect(context.stored.has('findings.json')).toBe(true);
  });
});
