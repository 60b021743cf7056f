import { threatEvent } from '../../../cli/demo/threat.ts';
import { clusterNamed } from '../../../sandbox/services/ecs/state.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';
import type { UndoAnswer } from '../../../shared/respond/undo.ts';
import { openStage, type Stage, type Told } from '../../system/stage.ts';
import { look, type Shown, type TaskShown } from './awsShows.ts';
import type { Kind } from './kinds.ts';
import { cluster, digests, incident, repository, service, worldWith } from './world.ts';

/** Malware in a read-only file system is the image's doing as well, whenever it was deployed. */
export type Cause = 'image' | 'intrusion' | 'malware';

export interface Cell {
  readonly kind: Kind;
  /** Parameters of ecs.contain-service. */
  readonly params: string;
  readonly cause: Cause;
}

export interface Write {
  readonly action: string;
  readonly resource: string;
}

/** What GuardDuty, AWS and people saw of one cell. */
export interface Played {
  readonly accused: TaskShown;
  readonly before: Shown;
  readonly outcome: string | null;
  readonly told: readonly Told[];
  readonly contained: Shown;
  /** Half an hour on. */
  readonly later: Shown;
  readonly laterTold: readonly Told[];
  readonly undo: UndoAnswer;
  readonly undoOutcome: string | null;
  readonly undoTold: readonly Told[];
  readonly undone: Shown;
  /** Changing calls of ours from the event on. */
  readonly writes: readonly Write[];
  /** ARNs of all tasks that the service has had. */
  readonly serviceTasks: ReadonlySet<string>;
}

const scans = `name: scans
when: { type: [ImageScan] }
do: [ecr.quarantine-image]
mode: enforce
`;

const ruleWith = (params: string): string => `name: threats
order: 10
when:
  source: [guardduty]
  resource: { kind: [ecs-task, ecs-cluster] }
do:
  - ecs.contain-service: { ${params} }
  - ecs.stop-task: { only: standalone }
  - ecr.quarantine-image: { when: cause-is-image }
mode: enforce
`;

const threats = {
  /** Seen minutes after the deployment: it came with the image. */
  image: {
    type: 'Impact:Runtime/CryptoMinerExecuted',
    title: 'A container is executing a binary file associated with cryptocurrency mining activity.',
    process: { name: 'node-telemetry', path: '/app/node_modules/.bin/node-telemetry' },
  },
  malware: {
    type: 'Execution:Runtime/MaliciousFileExecuted',
    title: 'A known malicious executable file was executed in a container.',
    process: { name: 'xm', path: '/app/bin/xm' },
  },
  /** Somebody is in one task. */
  intrusion: {
    type: 'Execution:Runtime/ReverseShell',
    title: 'A process in a container created a reverse shell.',
    process: { name: 'sh', path: '/bin/busybox' },
  },
} as const;

function found(stage: Stage, cause: Cause, task: TaskShown): void {
  const now = new Date(stage.account.clock.now());
  const seenAt = new Date(now.getTime() - 2000);
  const [container = { name: '', image: '' }] = task.containers;
  const event = threatEvent(stage.account, now, {
    ...threats[cause],
    id: stage.account.random.hex(32),
    severity: 8,
    ...{ cluster, service, task: task.arn, taskDefinition: task.definition, container },
    firstSeenAt: seenAt,
    lastSeenAt: seenAt,
    count: 1,
  });
  stage.deliver(JSON.parse(JSON.stringify(event)) as JsonObject);
}

/** Of a service that is gone there is no task to be seen. */
const goneTask = ({ id, region }: Stage['account']): TaskShown => ({
  arn: `arn:aws:ecs:${region}:${id}:task/${cluster}/fedcba98765432100123456789abcdef`,
  digests: [],
  running: false,
  definition: `arn:aws:ecs:${region}:${id}:task-definition/checkout:87`,
  containers: [{ name: 'app', image: `${id}.dkr.ecr.${region}.amazonaws.com/${repository}:1.42.0` }],
});

/** The first task that runs the accused image. */
function accusedAmong({ tasks }: Shown): TaskShown {
  const task = tasks.find((one) => one.running && one.digests.includes(digests.accused));
  if (task === undefined) throw new Error('No task runs the accused image');
  return task;
}

const changing =
  /^(?:ecs|ecr|application-autoscaling|ec2|iam|elasticloadbalancing):(?!Describe|List|Get|BatchGet|BatchCheck)/;

const isAdministrator = (principal: string): boolean => principal.endsWith(':root');

/** ECS itself forgets a task an hour after it stopped; this is soon enough to see all of them. */
const tasksOf = ({ account }: Stage): ReadonlySet<string> =>
  new Set(
    [...clusterNamed(account, cluster).tasks.values()]
      .filter(({ group }) => group === `service:${service}`)
      .map(({ arn }) => arn),
  );

/** From one finding to the undo, on an account of its own. */
export async function play({ kind, params, cause }: Cell): Promise<Played> {
  await using stage = await openStage({
    world: worldWith(kind.different),
    rules: { scans, threats: ruleWith(params) },
  });
  await kind.prepare?.(stage);
  const before = await look(stage);
  const accused = kind.gone === true ? goneTask(stage.account) : accusedAmong(before);
  const from = stage.account.trail.length;
  let told = stage.told().length;
  const heard = (): readonly Told[] => {
    const fresh = stage.told().slice(told);
    told += fresh.length;
    return fresh;
  };
  const outcome = (): string | null => stage.heads().find((head) => head.incident === incident)?.outcome ?? null;
  found(stage, cause, accused);
  await stage.settle();
  const contained = await look(stage);
  const first = { outcome: outcome(), told: heard(), contained };
  await stage.pass(30 * 60);
  const second = { later: await look(stage), laterTold: heard() };
  const undo = await stage.undo(incident);
  await stage.settle();
  const undone = await look(stage);
  const writes = stage.account.trail
    .slice(from)
    .filter(({ action, result }) => result === 'ok' && changing.test(action))
    .filter(({ principal }) => !isAdministrator(principal));
  return {
    ...{ accused, before, ...first, ...second, undo, undone, writes },
    undoOutcome: outcome(),
    undoTold: heard(),
    serviceTasks: tasksOf(stage),
  };
}
