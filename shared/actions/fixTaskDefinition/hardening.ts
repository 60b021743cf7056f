import type { ContainerDefinition, LogConfiguration, TaskDefinition } from '@aws-sdk/client-ecs';
import { canonicalJson } from '../../platform/json.ts';
import { type Content, contentOf, withContainers } from '../targets/definitionCopy.ts';

export const fixNames = ['privileged', 'user', 'read-only', 'pid-mode', 'logs', 'network-mode'] as const;
export type Fix = (typeof fixNames)[number];

/** By the managed rule of AWS Config ("List of AWS Config Managed Rules", 2026), what it asks for. */
const fixByRule: ReadonlyMap<string, Fix> = new Map([
  ['ecs-containers-nonprivileged', 'privileged'],
  ['ecs-task-definition-nonroot-user', 'user'],
  ['ecs-task-definition-linux-user-non-root', 'user'],
  // Of a task in the network of its host: it may be there, as another user than root.
  ['ecs-task-definition-user-for-host-mode-check', 'user'],
  ['ecs-containers-readonly-access', 'read-only'],
  ['ecs-task-definition-pid-mode-check', 'pid-mode'],
  ['ecs-task-definition-log-configuration', 'logs'],
  ['ecs-task-definition-network-mode-not-host', 'network-mode'],
]);

/** In one order, each once. */
export function fixesFor(rules: readonly string[]): readonly Fix[] {
  const asked = new Set(rules.flatMap((rule) => fixByRule.get(rule) ?? []));
  return fixNames.filter((fix) => asked.has(fix));
}

/** What fixes change, and nothing else of a definition: no environment, no command, no option of a log driver. */
export type Hardening = {
  readonly pidMode: string | null;
  readonly containers: { readonly [name: string]: Hardened };
};

type Hardened = {
  readonly privileged: boolean;
  readonly user: string | null;
  readonly readOnly: boolean;
  /** The driver of its log. */
  readonly logs: string | null;
};

export const hardeningOf = ({ pidMode, containerDefinitions = [] }: TaskDefinition): Hardening => ({
  pidMode: pidMode ?? null,
  containers: Object.fromEntries(containerDefinitions.map((one) => [one.name ?? '', hardenedOf(one)])),
});

const hardenedOf = (one: ContainerDefinition): Hardened => ({
  privileged: one.privileged === true,
  user: one.user ?? null,
  readOnly: one.readonlyRootFilesystem === true,
  logs: one.logConfiguration?.logDriver ?? null,
});

/** Of what may be `user`, `user:group`, `uid` or `uid:gid`; who says nothing is whom the image says, which is mostly root. */
export const isRoot = (user: string | null): boolean => user === null || /^(?:root|0*)(?::.*)?$/.test(user);

/** What a fix puts in place of what was. */
export interface Given {
  readonly user?: string;
  readonly logGroup?: string;
}

/** What is to be after these fixes. Pure; what is as asked for already stays. */
export function mended({ pidMode, containers }: Hardening, fixes: readonly Fix[], given: Given): Hardening {
  const asks = (fix: Fix): boolean => fixes.includes(fix);
  const { user, logGroup } = given;
  return {
    pidMode: asks('pid-mode') && pidMode === 'host' ? null : pidMode,
    containers: Object.fromEntries(
      Object.entries(containers).map(([name, one]) => [
        name,
        {
          privileged: asks('privileged') ? false : one.privileged,
          user: asks('user') && user !== undefined && isRoot(one.user) ? user : one.user,
          readOnly: asks('read-only') || one.readOnly,
          logs: asks('logs') && logGroup !== undefined ? (one.logs ?? 'awslogs') : one.logs,
        },
      ]),
    ),
  };
}

/** The content of a copy that is so hardened: only what differs is touched. Pure. */
export function mendedContent(content: Content, to: Hardening, logTo: LogConfiguration): Content {
  const { pidMode, ...rest } = content;
  const kept = to.pidMode === null || pidMode === undefined ? rest : content;
  return withContainers(kept, (container) => {
    const is = hardenedOf(container);
    const be = to.containers[container.name ?? ''] ?? is;
    return {
      ...container,
      ...(be.privileged === is.privileged ? {} : { privileged: be.privileged }),
      ...(be.user === null || be.user === is.user ? {} : { user: be.user }),
      ...(be.readOnly === is.readOnly ? {} : { readonlyRootFilesystem: be.readOnly }),
      ...(be.logs === is.logs ? {} : { logConfiguration: logTo }),
    };
  });
}

/** Where a container writes its log that had none. On Fargate the prefix is required (ECS developer guide, "awslogs"). */
export const logTo = (group: string, region: string, prefix: string): LogConfiguration => ({
  logDriver: 'awslogs',
  options: { 'awslogs-group': group, 'awslogs-region': region, 'awslogs-stream-prefix': prefix },
});

/** All of a definition that no fix changes. */
function restOf(definition: TaskDefinition): string {
  const { pidMode: _pid, ...content } = contentOf(definition);
  return canonicalJson(
    withContainers(content, (container) => {
      const { privileged: _p, user: _u, readonlyRootFilesystem: _r, logConfiguration, ...rest } = container;
      return logConfiguration?.logDriver === 'awslogs' || logConfiguration === undefined
        ? rest
        : { ...rest, logConfiguration };
    }),
  );
}

/** Whether two definitions differ in nothing but what fixes change. */
export const differsInFixesAlone = (one: TaskDefinition, other: TaskDefinition): boolean =>
  restOf(one) === restOf(other);

export const sameHardening = (one: Hardening, other: Hardening): boolean => canonicalJson(one) === canonicalJson(other);

/** Containers in which two differ in this. */
const differing = (from: Hardening, to: Hardening, field: keyof Hardened): string =>
  Object.keys(from.containers)
    .filter((name) => from.containers[name]?.[field] !== to.containers[name]?.[field])
    .join(', ');

/** What a copy does otherwise, in words. */
export function inWords(from: Hardening, to: Hardening, { user = '', logGroup = '' }: Given): readonly string[] {
  const say = (names: string, words: string): readonly string[] => (names === '' ? [] : [`${names} ${words}`]);
  return [
    ...say(differing(from, to, 'privileged'), 'not privileged'),
    ...say(differing(from, to, 'user'), `as user ${user}`),
    ...say(differing(from, to, 'readOnly'), 'with a root file system that is read only'),
    ...say(differing(from, to, 'logs'), `with a log in ${logGroup}`),
    ...(from.pidMode === to.pidMode ? [] : ['the task without the processes of its host']),
  ];
}
