import { readFileSync } from 'node:fs';
import { type Threat, threatEvent } from '../../../cli/demo/threat.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';
import type { Stage } from '../stage.ts';
import type { TaskSeen } from './seen.ts';

/** A kind of threat, as GuardDuty words it. */
type Kind = Pick<Threat, 'type' | 'severity' | 'title' | 'process'>;

/** Came with the image, when it was seen soon after the deployment. */
export const miner: Kind = {
  type: 'Impact:Runtime/CryptoMinerExecuted',
  severity: 8,
  title: 'A container is executing a binary file associated with cryptocurrency mining activity.',
  process: { name: 'telemetry', path: '/app/node_modules/.bin/telemetry' },
};

/** Somebody is in the container. */
export const shell: Kind = {
  type: 'Execution:Runtime/ReverseShell',
  severity: 8,
  title: 'A process in a container created a reverse shell.',
  process: { name: 'sh', path: '/bin/busybox' },
};

export interface Given {
  readonly kind: Kind;
  readonly task: TaskSeen | undefined;
  /** Of the finding; by default one for each service and kind, as GuardDuty goes on counting. */
  readonly id: string;
  /** How long ago the activity was, in seconds: default 60. */
  readonly ago: number;
  readonly count: number;
  readonly times: number;
  /** Whom it talks to. */
  readonly remote?: string;
}

/** All were seen first ten minutes after the deployment. */
const firstSeenAt = new Date('2026-11-20T01:40:00Z');

const idOf = (service: string, { type }: Kind): string =>
  Buffer.from(`${service} ${type}`).toString('hex').padEnd(32, '0').slice(0, 32);

/** Puts a finding about a task of a service onto the bus. */
export function deliverThreat(
  stage: Stage,
  service: string,
  { kind = miner, task, id = idOf(service, kind), ago = 60, count = 1, times = 1, remote }: Partial<Given>,
): TaskSeen {
  if (task === undefined) throw new Error(`No task of ${service} runs`);
  const now = new Date(stage.sandbox.clock.now());
  const event = threatEvent(stage.account, now, {
    ...kind,
    id,
    cluster: 'prod',
    service,
    task: task.arn,
    taskDefinition: task.taskDefinition,
    container: task.container,
    firstSeenAt,
    lastSeenAt: new Date(now.getTime() - ago * 1000),
    count,
    ...(remote === undefined ? {} : { remote }),
  });
  stage.deliver(JSON.parse(JSON.stringify(event)) as JsonObject, times);
  return task;
}

const sequence = readFileSync(new URL('../../../events/guardduty-ecs-attack-sequence.json', import.meta.url), 'utf8');
const { id: sampleId, detail } = JSON.parse(sequence);
const sampleTask: string = detail.service.detection.sequence.resources[1].uid;

/** Puts an attack sequence on the cluster `prod` onto the bus, which names this task. */
export function deliverSequence(stage: Stage, task: TaskSeen): void {
  const seen = new Date(stage.sandbox.clock.now() - 60_000).toISOString();
  const event = sequence
    .replaceAll(sampleTask, task.arn)
    .replaceAll(sampleId, stage.account.random.uuid())
    .replaceAll(detail.service.eventLastSeen, seen);
  stage.deliver(JSON.parse(event));
}
