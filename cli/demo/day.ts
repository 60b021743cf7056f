import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { root } from '../artifacts.ts';

/**
 * When an event comes (`HH:MM`; what is before the day begins is of the next one), which of `events/`, how often with the same id, and in
 * a task of which service it is, as that runs then.
 */
export type Coming = readonly [time: string, event: string, times?: number, service?: string];

/** A day of a small company: what scanners, GuardDuty, AWS Config and Systems Manager have to say of it. */
export const day: readonly Coming[] = [
  ['09:20', 'guardduty-ecs-miner', 2, 'checkout-api'],
  ['09:34', 'ecr-image-push'],
  ['09:35', 'ecr-scan-clean'],
  ['09:50', 'ecr-scan-unused-critical'],
  ['10:05', 'inspector-finding-exploited'],
  ['10:06', 'inspector-finding-exploited'],
  ['10:10', 'config-task-definition'],
  ['10:30', 'config-repository-first'],
  ['10:40', 'config-cluster'],
  ['11:02', 'config-task-definition-compliant'],
  ['11:10', 'ecr-image-action-push-index'],
  ['11:15', 'ecr-scan-critical'],
  ['11:30', 'ecr-scan-failed'],
  ['11:45', 'inspector-finding-function'],
  ['12:00', 'guardduty-instance-brute-force'],
  ['12:15', 'guardduty-instance-brute-force'],
  ['12:30', 'guardduty-instance-brute-force'],
  ['13:00', 'guardduty-ecs-reverse-shell', 3, 'ledger'],
  ['13:20', 'guardduty-sample'],
  ['13:45', 'ecr-image-action-push-untagged'],
  ['14:00', 'inspector-finding-closed'],
  ['14:10', 'inspector-finding-suppressed'],
  ['14:20', 'inspector-finding-azure'],
  ['14:40', 'config-service'],
  ['15:00', 'guardduty-iam-user'],
  ['15:40', 'config-task-definition-again'],
  ['16:00', 'ecr-scan-change-off'],
  ['16:30', 'guardduty-sight-lost-ecs'],
  ['17:19', 'guardduty-sight-restored-ecs'],
  ['17:30', 'ssm-patch'],
  ['17:31', 'config-patch-instance'],
  ['18:30', 'ssm-patch-compliant'],
  ['18:45', 'inspector-finding-two-images'],
  ['19:00', 'ecr-scan-malformed-count'],
  ['20:00', 'guardduty-s3-bucket'],
  ['20:30', 'config-volume-own-rule'],
  ['21:00', 'inspector-finding-instance'],
  ['21:30', 'guardduty-rds-limitless'],
  ['22:00', 'guardduty-ecs-standalone-task'],
  ['23:30', 'ecr-image-action-push-old-form'],
  ['00:30', 'guardduty-instance-brute-force'],
  ['01:15', 'ecr-scan-unused-critical'],
  ['01:16', 'ecr-scan-explicit-zeros'],
  ['01:17', 'ecr-scan-low-only'],
  ['02:00', 'ecr-scan-critical', 2],
  ['02:10', 'guardduty-ecs-container-escape', 1, 'storefront'],
  ['03:00', 'config-function'],
  ['03:30', 'config-repository-securityhub'],
  ['04:00', 'guardduty-task-role-exfiltrated'],
  ['05:00', 'ssm-association-managed-instance'],
  ['06:00', 'ecr-scan-limit-exceeded'],
  ['07:00', 'guardduty-iam-root'],
  ['08:00', 'guardduty-lambda-c2'],
  ['08:10', 'config-role-by-arn'],
  ['08:20', 'guardduty-eks-cluster'],
  ['08:40', 'ecr-scan-change-on'],
];

/** How many deliveries that makes. */
export const deliveries = day.reduce((sum, [, , times = 1]) => sum + times, 0);

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Every ISO time in a value, later by so many milliseconds. */
function later(value: unknown, byMs: number): unknown {
  if (typeof value === 'string') {
    return isoTime.test(value) ? new Date(Date.parse(value) + byMs).toISOString() : value;
  }
  if (Array.isArray(value)) return value.map((one) => later(one, byMs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, later(inner, byMs)]));
}

/** An envelope; what else is in it is EventBridge's to look at. */
export interface Come {
  readonly id: string;
  readonly time: string;
}

/** The task that the threats of `events/` are in. */
const task = { id: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', group: 'service:checkout-api' };

/** An event of `events/` as if it came now: with an id of its own, and its times as far back as they are in the file. */
export function comesNow(
  { random }: Sandbox['account'],
  name: string,
  now: Date,
  within?: { readonly service: string; readonly task: string },
): Come {
  const text = readFileSync(join(root, 'events', `${name}.json`), 'utf8');
  const placed =
    within === undefined
      ? text
      : text.replaceAll(task.id, within.task).replaceAll(task.group, `service:${within.service}`);
  const event = JSON.parse(placed) as Come;
  const moved = later(event, now.getTime() - Date.parse(event.time)) as Come;
  return { ...moved, time: `${now.toISOString().slice(0, 19)}Z`, id: random.uuid() };
}
