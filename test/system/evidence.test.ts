import { describe, expect, it } from 'vitest';
import { objectsOf } from '../../sandbox/services/s3/buckets.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { functionThreat } from './functionThreat.ts';
import { instanceThreat } from './instanceThreat.ts';
import { podThreat } from './podThreat.ts';
import { openStage, type Stage } from './stage.ts';

const fn = 'img-resize';
const host = 'i-0a1b2c3d4e5f60718';
const secret = 'correct-horse-battery';

const pod = { cluster: 'prod-eks', namespace: 'payments', pod: 'checkout-5c9f' };
const image = { repository: 'payments/checkout', digest: `sha256:${'5'.repeat(64)}` };

const world = worldSchema.parse({
  repositories: [
    { name: image.repository, images: [{ digest: image.digest, tags: ['1.0'], prints: [`opened with ${secret}`] }] },
  ],
  eksClusters: [
    {
      name: pod.cluster,
      accessEntries: [{ role: 'firebreak-dev-us-east-1-responder', groups: [clusterGroup] }],
      workloads: [
        {
          ...{ namespace: pod.namespace, name: 'checkout', podNames: [pod.pod] },
          image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/${image.repository}:1.0`,
          environment: { DB_PASSWORD: secret },
        },
      ],
    },
  ],
  functions: [
    {
      name: fn,
      tags: { team: 'media' },
      environment: { DB_PASSWORD: secret, STAGE: 'prod' },
      prints: [`connected with ${secret}`, 'fetched 198.51.100.7/x'],
    },
    { name: 'quiet' },
  ],
  securityGroups: [
    { name: 'door', id: 'sg-0a1b2c3d4e5f60721', ingress: [{ protocol: 'tcp', from: 22, cidr: '10.0.0.0/8' }] },
  ],
  instances: [{ ec2InstanceId: host, securityGroups: ['door'], tags: { team: 'shop' }, ssm: {} }],
});

const rule = (kind: string, action: string): string => `name: evidence
when:
  source: [guardduty]
  resource: { kind: [${kind}] }
  status: [open]
do:
  - evidence.capture
  - ${action}
mode: enforce
`;

/** By the name of the file: what was stored of the one incident. */
const evidenceOf = ({ account, sandbox }: Stage): ReadonlyMap<string, string> =>
  new Map(
    objectsOf(account, sandbox.stack.outputs['EvidenceBucketName'] ?? '')
      .filter(({ key }) => key.startsWith('evidence/'))
      .map(({ key, body }) => [
        key
          .split('/')
          .slice(key.includes('/logs/') ? -2 : -1)
          .join('/'),
        body.toString(),
      ]),
  );

async function stored(event: (stage: Stage) => JsonObject, kind: string, action: string) {
  await using stage = await openStage({ rules: { evidence: rule(kind, action) }, world });
  stage.deliver(event(stage));
  await stage.settle();
  const files = evidenceOf(stage);
  const parsed = (name: string) => JSON.parse(files.get(name) ?? 'null');
  return { files, parsed, list: parsed('manifest.json'), told: stage.told().at(-1)?.body ?? '' };
}

describe('the evidence on a function', () => {
  it('is its configuration, concurrency and last lines, without a value of its environment', async () => {
    const { files, parsed, list, told } = await stored(
      (stage) => functionThreat(stage, fn),
      'function',
      'lambda.stop-invocations',
    );
    expect([...files.keys()].toSorted()).toEqual([
      'concurrency.json',
      'findings.json',
      'function.json',
      'logs/1.json',
      'manifest.json',
    ]);
    expect(parsed('function.json')).toMatchObject({
      FunctionName: fn,
      Environment: { Variables: { DB_PASSWORD: '(value withheld)', STAGE: '(value withheld)' } },
    });
    // As it was before it was stopped.
    expect(parsed('concurrency.json')).toEqual({ reserved: null });
    expect(parsed('logs/1.json').lines.map(({ message }: { message: string }) => message)).toEqual([
      'connected with (value of DB_PASSWORD)',
      'fetched 198.51.100.7/x',
    ]);
    expect(list).toMatchObject({ missing: [], remarks: [] });
    for (const [name, body] of files) expect(body, name).not.toContain(secret);
    expect(told).toContain('stored 4 files on function img-resize');
  });

  it('says that it has written no line that could be read', async () => {
    const { list } = await stored((stage) => functionThreat(stage, 'quiet'), 'function', 'lambda.stop-invocations');
    expect(list.files.map(({ name }: { name: string }) => name)).toEqual([
      'function.json',
      'concurrency.json',
      'findings.json',
    ]);
    expect(list).toMatchObject({ missing: [], remarks: ['no log lines: nothing is written in /aws/lambda/quiet'] });
  });
});

describe('the evidence on a host', () => {
  it('is its description, interfaces, groups and volumes, as they were before it was cut off', async () => {
    const { files, parsed, list, told } = await stored(
      (stage) => instanceThreat(stage, host),
      'instance',
      'ec2.isolate',
    );
    expect([...files.keys()].toSorted()).toEqual([
      'findings.json',
      'instance.json',
      'manifest.json',
      'network-interfaces.json',
      'security-groups.json',
      'systems-manager.json',
      'volumes.json',
    ]);
    expect(parsed('instance.json')).toMatchObject({ InstanceId: host, SecurityGroups: [{ GroupName: 'door' }] });
    expect(parsed('network-interfaces.json')).toMatchObject([{ Groups: [{ GroupName: 'door' }] }]);
    expect(parsed('security-groups.json')).toMatchObject([{ GroupName: 'door', IpPermissions: [{ FromPort: 22 }] }]);
    expect(parsed('volumes.json')).toMatchObject([{ Attachments: [{ InstanceId: host }] }]);
    expect(parsed('systems-manager.json')).toMatchObject({ InstanceId: host });
    expect(list).toMatchObject({ missing: [], remarks: [] });
    expect(told).toContain(`stored 6 files on host ${host}`);
  });
});

describe('the evidence on a pod', () => {
  it('is its description and last lines, as they were before its workload was stopped', async () => {
    const { files, parsed, list, told } = await stored((stage) => podThreat(stage, pod), 'pod', 'eks.scale-workload');
    expect([...files.keys()].toSorted()).toEqual(['findings.json', 'logs/app.txt', 'manifest.json', 'pod.json']);
    expect(parsed('pod.json')).toMatchObject({
      metadata: { name: pod.pod, namespace: pod.namespace },
      spec: { containers: [{ env: [{ name: 'DB_PASSWORD', value: '(value withheld)' }] }] },
      status: { phase: 'Running' },
    });
    expect(files.get('logs/app.txt')).toMatch(/^\S+Z opened with \(value of DB_PASSWORD\)\n$/);
    expect(list).toMatchObject({ missing: [], remarks: [] });
    for (const [name, body] of files) expect(body, name).not.toContain(secret);
    expect(told).toContain('stored 3 files on pod prod-eks/payments/checkout-5c9f');
  });
});
