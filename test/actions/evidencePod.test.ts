import { describe, expect, it } from 'vitest';
import { evidenceCapture as action } from '../../shared/actions/evidenceCapture/evidenceCapture.ts';
import { actContext } from './actContext.ts';
import { answeringAws } from './answeringAws.ts';
import { refusedAs } from './clusterAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = { ...embeddedTarget('pod'), namespace: 'payments', workload: 'pods/checkout-5c9f' };
const secret = 'correct-horse';
const pod = {
  metadata: {
    name: 'checkout-5c9f',
    labels: { app: 'checkout' },
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ env: [{ name: 'A', value: 'short' }] }),
      note: `uses ${secret}`,
    },
  },
  spec: {
    initContainers: [{ name: 'migrate', args: [`--password=${secret}`] }],
    containers: [
      {
        name: 'app',
        env: [
          { name: 'DB_PASSWORD', value: secret },
          { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'one' } } },
        ],
      },
    ],
  },
  status: { phase: 'Running' },
};

interface Cluster {
  readonly pod?: object | Error;
  readonly log?: string | Error;
}

function capture({ pod: shown = pod, log = `1 connected with ${secret}\n2 done\n` }: Cluster = {}, of = target) {
  const asked: unknown[] = [];
  const answer = async (with_: unknown, param: object) => {
    asked.push(param);
    if (with_ instanceof Error) throw with_;
    return with_;
  };
  const core = {
    readNamespacedPod: (param: object) => answer(shown, param),
    readNamespacedPodLog: (param: object) => answer(log, param),
  };
  const aws = { ...answeringAws({}).aws, kubernetes: async () => ({ core }) as never };
  const context = actContext(aws);
  const run = (state = 'Running') => action.execute(of, {}, { state, owner: '' }, context) as Promise<{ did: string }>;
  const body = (file: string) => context.stored.get(file)?.body ?? '';
  return { context, run, asked, body, parsed: (file: string) => JSON.parse(body(file) || 'null') };
}

const missing = (list: { missing: { what: string; why: string }[] }) =>
  list.missing.map(({ what, why }) => `${what}: ${why}`);

describe('evidence on a pod', () => {
  it('is its description and the last lines of each container, without a value of its environment', async () => {
    const { context, run, body, parsed, asked } = capture();
    expect((await run()).did).not.toContain('missing');
    expect([...context.stored.keys()]).toEqual([
      'pod.json',
      'logs/migrate.txt',
      'logs/app.txt',
      'findings.json',
      'manifest.json',
    ]);
    expect(parsed('pod.json').spec.containers[0].env).toEqual([
      { name: 'DB_PASSWORD', value: '(value withheld)' },
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'one' } } },
    ]);
    expect(parsed('pod.json').metadata.annotations).toEqual({
      'kubectl.kubernetes.io/last-applied-configuration': '(value withheld)',
      note: 'uses (value of DB_PASSWORD)',
    });
    expect(parsed('pod.json').spec.initContainers[0].args).toEqual(['--password=(value of DB_PASSWORD)']);
    expect(body('logs/app.txt')).toBe('1 connected with (value of DB_PASSWORD)\n2 done\n');
    expect(asked.at(-1)).toEqual({
      ...{ namespace: 'payments', name: 'checkout-5c9f', container: 'app' },
      ...{ tailLines: 1000, timestamps: true },
    });
    expect(await action.verify(target, {}, {}, context)).toMatchObject({ state: 'holds' });
  });

  it.each([
    ['a pod that is gone', { pod: refusedAs('NotFound', 404) }, ['the pod: ', 'the log lines: only the pod says']],
    [
      'a pod that may not be read',
      { pod: refusedAs('Forbidden', 403) },
      ['access denied (Forbidden)', 'the log lines: '],
    ],
    [
      'logs that may not be read',
      { log: refusedAs('Forbidden', 403) },
      ['the log lines of migrate: Reading the log of migrate: access denied', 'the log lines of app: '],
    ],
  ])('of %s has what is left, and names what is not', async (_what, cluster, expected) => {
    const { run, parsed } = capture(cluster);
    expect((await run()).did).toContain('missing: ');
    expect(missing(parsed('manifest.json'))).toEqual(expected.map((text) => expect.stringContaining(text)));
  });

  it('has the newest lines of a pod that writes much, whole, and says that there were more', async () => {
    const log = Array.from({ length: 1000 }, (_, at) => `${at} ${secret} ${'x'.repeat(400)}\n`).join('');
    const { run, body, parsed } = capture({ log });
    await run();
    expect(body('logs/app.txt').length).toBeLessThanOrEqual(256 * 1024);
    expect(body('logs/app.txt')).toMatch(/^\d+ \(value of DB_PASSWORD\) x+\n/);
    expect(body('logs/app.txt').split('\n').at(-2)).toMatch(/^999 /);
    expect(body('logs/app.txt')).not.toContain('correct-');
    expect(parsed('manifest.json').remarks).toContain(
      'older lines of app are left out: it has written more than is stored',
    );
  });

  it('has no value in what a container wrote as it ended, nor in a header of a probe', async () => {
    const status = { containerStatuses: [{ lastState: { terminated: { message: `bye ${secret}` } } }] };
    const [app] = pod.spec.containers;
    const probed = { ...app, livenessProbe: { httpGet: { httpHeaders: [{ name: 'Authorization', value: secret }] } } };
    const { run, body } = capture({ pod: { ...pod, spec: { containers: [probed] }, status } });
    await run();
    expect(body('pod.json')).toContain('bye (value of DB_PASSWORD)');
    expect(body('pod.json')).not.toContain(secret);
  });

  it('is the findings alone where it was gone already: the plan said so, and nothing of it is missing', async () => {
    const { run, parsed, asked } = capture({ pod: refusedAs('NotFound', 404) });
    expect((await run('gone')).did).not.toContain('missing');
    expect(asked).toEqual([]);
    const manifest = parsed('manifest.json');
    expect(manifest).toMatchObject({ files: [{ name: 'findings.json' }], missing: [] });
    expect(manifest.remarks).toEqual(['the pod was gone before evidence could be taken']);
  });

  it('is the findings alone where they name another kind of workload', async () => {
    const of = { ...target, workload: 'deployments/checkout' };
    const { run, parsed, asked } = capture({}, of);
    expect((await run()).did).not.toContain('missing');
    expect(asked).toEqual([]);
    expect(parsed('manifest.json')).toMatchObject({ files: [{ name: 'findings.json' }], missing: [] });
  });
});

describe('what is seen of a pod before', () => {
  it.each([
    ['its phase', {}, 'Running', 'Store the evidence on pod'],
    ['that it is gone', { pod: refusedAs('NotFound', 404) }, 'gone', 'alone: it is gone'],
    [
      'that it may not be read, which never stands in the way',
      { pod: refusedAs('Unauthorized', 401) },
      'unreadable: Reading pod checkout-5c9f: access denied (Unauthorized)',
      'Store the evidence on pod',
    ],
  ])('is %s', async (_what, cluster, state, sentence) => {
    const observed = await action.observe(target, {}, capture(cluster).context);
    expect(observed).toMatchObject({ owner: '', state: expect.stringContaining(state) });
    expect(action.plan(target, {}, observed, { quietPullDays: 7 })).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining(sentence),
    });
  });

  it('needs to know of AWS where the API of its cluster is, and nothing else', () => {
    expect(action.permissions(target)).toEqual({
      read: [{ action: 'eks:DescribeCluster', resource: target.arn }],
      write: [],
    });
  });
});
