import { describe, expect, test } from 'vitest';
import { accusedBy } from '../../shared/account/accused.ts';
import {
  type SeenService,
  type SeenTask,
  unknownRole,
  type Version,
  type VersionContainer,
  type Workload,
} from '../../shared/account/workload.ts';
import type { EcsTaskResource } from '../../shared/finding/resource.ts';
import { finding } from '../plan/fakes.ts';
import { shell, task, threatFinding } from '../plan/threats.ts';

const account = '123456789012';
const region = 'us-east-1';
const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
const sha = (n: number): string => `sha256:${String(n).repeat(64)}`;
const definition = `arn:aws:ecs:${region}:${account}:task-definition/checkout:87`;

const named = (resource: Partial<EcsTaskResource> = {}) =>
  threatFinding(shell, {}, { resource: { ...task, ...resource } });

const container = (
  name: string,
  digest: string | null,
  image = `${registry}/payments/${name}:1.42.0`,
): VersionContainer => ({
  name,
  image,
  digest,
});

const seen = (fields: Partial<SeenTask> = {}): SeenTask => ({
  arn: task.arn,
  state: 'running',
  group: 'service:checkout',
  service: 'checkout',
  taskDefinition: definition,
  launchType: 'FARGATE',
  containers: [{ ...container('app', sha(2)), readOnlyRoot: true }],
  role: `arn:aws:iam::${account}:role/checkout`,
  pulledAt: '2026-11-20T09:01:00.000Z',
  ...fields,
});

const gone = seen({
  state: 'gone',
  group: null,
  service: null,
  taskDefinition: null,
  launchType: null,
  containers: [],
  role: unknownRole,
  pulledAt: null,
});

const version = (n: number, containers: readonly VersionContainer[], fields: Partial<Version> = {}): Version => ({
  revision: `revision/${n}`,
  taskDefinition: definition,
  containers,
  deployedAt: `2026-11-0${n}T00:00:00.000Z`,
  steady: true,
  ...fields,
});

const checkout = (...versions: readonly Version[]): SeenService => ({
  arn: `arn:aws:ecs:${region}:${account}:service/prod/checkout`,
  cluster: 'prod',
  name: 'checkout',
  versions,
});

const workload = (tasks: readonly SeenTask[], ...services: readonly SeenService[]): Workload => ({
  tasks,
  services,
  ...{ owner: 'payments (tag team)', unread: [] },
});

const ids = (targets: readonly { readonly kind: string; readonly id: string }[]): readonly string[] =>
  targets.map(({ kind, id }) => `${kind} ${id}`);

describe('what a finding accuses', () => {
  test('is what it says itself where nothing was read: the task, and the service that it names', () => {
    expect(accusedBy(finding(), undefined)).toMatchObject({
      digests: [],
      tasks: [],
      roles: [],
      pulledUntil: null,
      ran: [],
    });
    const unread = accusedBy(named(), undefined);
    expect(ids(unread.targets)).toEqual([`ecs-task ${task.id}`, 'ecs-service prod/checkout']);
    expect(unread.targets[1]).toMatchObject({ arn: `arn:aws:ecs:${region}:${account}:service/prod/checkout` });
    expect(unread).toMatchObject({ tasks: [task.arn], roles: [unknownRole] });
  });

  test('is the task, its service and the images of its containers in ECR, in its account and Region', () => {
    const { targets, tasks, digests, roles, pulledUntil } = accusedBy(
      named(),
      workload([seen()], checkout(version(1, [container('app', sha(2))]))),
    );
    expect(ids(targets)).toEqual([`ecs-task ${task.id}`, 'ecs-service prod/checkout', `image payments/app@${sha(2)}`]);
    for (const target of targets) expect(target).toMatchObject({ account, region });
    expect(targets[2]).toMatchObject({
      arn: `arn:aws:ecr:${region}:${account}:repository/payments/app`,
      tags: ['1.42.0'],
    });
    expect({ tasks, digests, roles, pulledUntil }).toEqual({
      tasks: [task.arn],
      digests: [sha(2)],
      roles: [`arn:aws:iam::${account}:role/checkout`],
      pulledUntil: '2026-11-20T09:01:00.000Z',
    });
  });

  test('is of a cluster the cluster itself, and every task that was read for it, each thing once', () => {
    const cluster = `arn:aws:ecs:${region}:${account}:cluster/prod`;
    const other = seen({ arn: task.arn.replace('0f1e2d3c', 'other'), pulledAt: '2026-11-20T10:00:00.000Z' });
    const { targets, tasks, digests, pulledUntil } = accusedBy(
      threatFinding(
        'AttackSequence:ECS/CompromisedCluster',
        {},
        { resource: { kind: 'ecs-cluster', id: 'prod', arn: cluster, cluster: 'prod', tasks: [] } },
      ),
      workload([seen(), other], checkout()),
    );
    expect(ids(targets)).toEqual([
      'ecs-cluster prod',
      `ecs-task ${task.id}`,
      'ecs-task prod/other',
      'ecs-service prod/checkout',
      `image payments/app@${sha(2)}`,
    ]);
    expect(tasks).toEqual([task.arn, other.arn].sort());
    expect(digests).toEqual([sha(2)]);
    expect(pulledUntil).toBe('2026-11-20T10:00:00.000Z');
  });

  test('is its service though that could not be read: whoever contains it reads it then', () => {
    const unread = [{ place: 'services checkout', why: 'throttled' }];
    const ids = accusedBy(named(), { ...workload([seen()]), unread }).targets.map(({ kind, id }) => `${kind} ${id}`);
    expect(ids).toContain('ecs-service prod/checkout');
    expect(accusedBy(named(), workload([seen()])).targets.some(({ kind }) => kind === 'ecs-service')).toBe(false);
  });

  test('is no service of the same name on another cluster', () => {
    const elsewhere = { ...checkout(), arn: `arn:aws:ecs:${region}:${account}:service/test/checkout` };
    expect(ids(accusedBy(named(), workload([seen()], elsewhere)).targets)).not.toContain('ecs-service prod/checkout');
  });

  test('is no service that the account shows and the task does not belong to', () => {
    const other = { ...checkout(), name: 'other' };
    expect(accusedBy(named(), workload([seen()], other)).targets).toHaveLength(2);
  });

  test('holds no role twice, none for none, and says where it is not known', () => {
    const roles = (...some: readonly (string | null)[]) =>
      accusedBy(named(), workload(some.map((role) => seen({ role })))).roles;
    expect(roles('a', 'b', 'a')).toEqual(['a', 'b']);
    expect(roles(null)).toEqual([]);
    expect(roles(unknownRole)).toEqual(['unknown']);
  });
});

describe('the containers of a task', () => {
  const two = [container('app', sha(2)), container('envoy', sha(3))].map((one) => ({ ...one, readOnlyRoot: true }));
  const digestsOf = (containers: EcsTaskResource['containers']) =>
    accusedBy(named({ containers }), workload([seen({ containers: two })])).digests;

  test('are accused where the finding names them', () => {
    expect(digestsOf([{ name: 'envoy', image: 'x' }])).toEqual([sha(3)]);
    expect(
      digestsOf([
        { name: 'app', image: 'x' },
        { name: 'envoy', image: 'x' },
      ]),
    ).toEqual([sha(2), sha(3)]);
  });

  test('are all accused where it names none, or none that is there', () => {
    expect(digestsOf([])).toEqual([sha(2), sha(3)]);
    expect(digestsOf([{ name: 'gone', image: 'x' }])).toEqual([sha(2), sha(3)]);
  });

  test('whose images lie elsewhere accuse their digest, and are no target of ours', () => {
    const containers = [{ ...container('app', sha(2), 'nginx:1'), readOnlyRoot: true }];
    const { targets, digests } = accusedBy(named(), workload([seen({ containers })]));
    expect(digests).toEqual([sha(2)]);
    expect(ids(targets)).toEqual([`ecs-task ${task.id}`]);
  });

  test('lie in the account and Region of their registry, whoever runs them', () => {
    const image = '210987654321.dkr.ecr.eu-west-1.amazonaws.com/base/os:1';
    const containers = [{ ...container('app', sha(2), image), readOnlyRoot: true }];
    const { targets } = accusedBy(named(), workload([seen({ containers })]));
    expect(targets.at(-1)).toMatchObject({ kind: 'image', account: '210987654321', region: 'eu-west-1' });
  });

  test('have read-only file systems when all that are accused have', () => {
    const readOnly = (...flags: readonly (boolean | null)[]) =>
      accusedBy(
        named({ containers: [] }),
        workload([
          seen({ containers: flags.map((readOnlyRoot, n) => ({ ...container(`c${n}`, sha(n)), readOnlyRoot })) }),
        ]),
      ).circumstances.readOnlyRoot;
    expect(readOnly(true, true)).toBe(true);
    expect(readOnly(true, false)).toBe(false);
    expect(readOnly(true, null)).toBe(false);
    expect(readOnly()).toBe(false);
  });
});

describe('a task that is gone', () => {
  const old = version(1, [container('app', sha(1))], { taskDefinition: `${definition}0` });
  const digestsWith = (...versions: readonly Version[]) =>
    accusedBy(named(), workload([gone], checkout(...versions))).digests;

  test('is completed by what its finding says', () => {
    const { targets } = accusedBy(named(), workload([gone], checkout()));
    expect(ids(targets)).toEqual([`ecs-task ${task.id}`, 'ecs-service prod/checkout']);
    expect(targets[0]).toEqual({ ...task, account, region });
  });

  test('is not completed by the finding of another task', () => {
    const other = { ...gone, arn: task.arn.replace('0f1e2d3c', 'other') };
    expect(accusedBy(named(), workload([other], checkout())).targets).toHaveLength(1);
  });

  test('ran what its service always ran under its definition', () => {
    expect(digestsWith(old, version(2, [container('app', sha(2))]))).toEqual([sha(2)]);
    expect(digestsWith(version(2, [container('app', sha(2))]), version(3, [container('app', sha(2))]))).toEqual([
      sha(2),
    ]);
  });

  test('of whose definition the service ran two digests ran nobody knows which: its tag has moved', () => {
    expect(digestsWith(version(2, [container('app', sha(2))]), version(3, [container('app', sha(3))]))).toEqual([]);
  });

  test('of whose definition nothing was run ran nobody knows what', () => {
    expect(digestsWith(old)).toEqual([]);
    expect(digestsWith()).toEqual([]);
    expect(digestsWith(version(2, [container('side', sha(2))]))).toEqual([]);
  });

  test('is seen before it is guessed: what ECS resolved wins over the definition', () => {
    const { digests } = accusedBy(named(), workload([seen()], checkout(version(1, [container('app', sha(9))]))));
    expect(digests).toEqual([sha(2)]);
  });
});

describe('the circumstances', () => {
  const around = (...versions: readonly Version[]) =>
    accusedBy(named(), workload([seen()], checkout(...versions))).circumstances;
  const bad = [container('app', sha(2))];
  const good = [container('app', sha(1))];

  test('say when the digest was first deployed, however often it was since', () => {
    expect(around(version(7, bad), version(5, bad), version(3, good)).firstDeployedAt).toBe('2026-11-05T00:00:00.000Z');
    expect(around(version(3, good)).firstDeployedAt).toBeNull();
    expect(around().firstDeployedAt).toBeNull();
  });

  test('say whether another digest of the container ran before it', () => {
    expect(around(version(5, bad), version(3, good)).hadEarlier).toBe(true);
    expect(around(version(7, good), version(5, bad)).hadEarlier).toBe(false);
    expect(around(version(5, bad)).hadEarlier).toBe(false);
  });

  test('are unknown as a whole when one accused image has no known deployment', () => {
    const both = [...bad, container('side', sha(3))].map((one) => ({ ...one, readOnlyRoot: false }));
    const two = (...versions: readonly Version[]) =>
      accusedBy(named({ containers: [] }), workload([seen({ containers: both })], checkout(...versions))).circumstances;
    expect(two(version(5, bad)).firstDeployedAt).toBeNull();
    expect(two(version(5, bad), version(3, [container('side', sha(3))])).firstDeployedAt).toBe(
      '2026-11-03T00:00:00.000Z',
    );
  });

  test('of a task that no service replaces are unknown', () => {
    const { circumstances } = accusedBy(named({ service: null }), workload([seen({ service: null })]));
    expect(circumstances).toMatchObject({ firstDeployedAt: null, hadEarlier: false });
  });
});

test('what the services have run is known, as far as it lies in ECR', () => {
  const { ran } = accusedBy(
    named(),
    workload(
      [seen()],
      checkout(
        version(2, [container('app', sha(2)), container('web', sha(4), 'nginx:1')]),
        version(1, [container('app', null)]),
      ),
    ),
  );
  expect(ran.map(({ id }) => id)).toEqual([`payments/app@${sha(2)}`]);
});
