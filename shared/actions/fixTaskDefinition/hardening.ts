import type { ContainerDefinition, LogConfiguration, TaskDefinition } from '@aws-sdk/client-ecs';
import { canonicalJson } from '../../platform/json.ts';
import { type Content, contentOf, withContainers } from '../targets/definitionCopy.ts';
import { type Move, moved, movesIn, type References, type Variables, variablesOf, withoutMoved } from './references.ts';
import { type Firelens, routed, routerIn, routerName, routerOf, routerUser, unrouted } from './router.ts';
import { isRoot } from './user.ts';

export const fixNames = ['privileged', 'user', 'read-only', 'pid-mode', 'logs', 'network-mode', 'secrets'] as const;
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
  ['ecs-no-environment-secrets', 'secrets'],
]);

/** In one order, each once. */
export function fixesFor(rules: readonly string[]): readonly Fix[] {
  const asked = new Set(rules.flatMap((rule) => fixByRule.get(rule) ?? []));
  return fixNames.filter((fix) => asked.has(fix));
}

/** What fixes change, and nothing else of a definition: no value of its environment, no command, no option of a log driver. */
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
  /** It routes the logs of others. */
  readonly router?: true;
  /** Whichever of them a rule names: another rule may name others later. Absent where it has none. */
  readonly variables?: Variables;
};

export const hardeningOf = ({ pidMode, containerDefinitions = [] }: TaskDefinition): Hardening => ({
  pidMode: pidMode ?? null,
  containers: Object.fromEntries(containerDefinitions.map((one) => [one.name ?? '', hardenedOf(one)])),
});

function hardenedOf(one: ContainerDefinition): Hardened {
  const variables = variablesOf(one);
  return {
    privileged: one.privileged === true,
    user: one.user ?? null,
    readOnly: one.readonlyRootFilesystem === true,
    logs: one.logConfiguration?.logDriver ?? null,
    ...(one.firelensConfiguration === undefined ? {} : { router: true }),
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
  };
}

/** What a fix puts in place of what was. */
export interface Given {
  readonly user?: string;
  readonly logGroup?: string;
  readonly firelens?: Firelens;
  /** The variables that are given from a secret instead. */
  readonly moves?: readonly Move[];
}

/** What is to be after these fixes. Pure; what is as asked for already stays. */
export function mended({ pidMode, containers }: Hardening, fixes: readonly Fix[], given: Given): Hardening {
  const asks = (fix: Fix): boolean => fixes.includes(fix);
  const { user, logGroup, firelens, moves = [] } = given;
  const logs = asks('logs') && logGroup !== undefined;
  const all = Object.values(containers);
  const isToRoute = logs && firelens !== undefined && all.some((one) => one.logs === null && one.router !== true);
  const kept = Object.entries(containers).map(([name, one]) => [
    name,
    {
      ...one,
      privileged: asks('privileged') ? false : one.privileged,
      user: asks('user') && user !== undefined && isRoot(one.user) ? user : one.user,
      readOnly: asks('read-only') || one.readOnly,
      ...(asks('secrets') && one.variables !== undefined ? { variables: after(one.variables, name, moves) } : {}),
      logs: logs ? (one.logs ?? (isToRoute && one.router !== true ? 'awsfirelens' : 'awslogs')) : one.logs,
    },
  ]);
  const added = isToRoute && !all.some(({ router }) => router === true) ? [[routerName, routerHardened(firelens)]] : [];
  return {
    pidMode: asks('pid-mode') && pidMode === 'host' ? null : pidMode,
    containers: Object.fromEntries([...kept, ...added]),
  };
}

/** The variables of a container, of which those in plain text are given from their secrets. */
const after = (is: Variables, container: string, moves: readonly Move[]): Variables =>
  Object.fromEntries(
    Object.entries(is).map(([variable, from]) => [
      variable,
      from ?? moves.find((one) => one.container === container && one.variable === variable)?.secret ?? null,
    ]),
  );

/** Of the router that is added. */
const routerHardened = (firelens: Firelens): Hardened => ({
  privileged: false,
  user: routerUser(firelens),
  readOnly: firelens.writableRoot !== true,
  logs: 'awslogs',
  router: true,
});

/** The content of a copy that is so hardened: only what differs is touched. Pure. */
export function mendedContent(
  content: Content,
  to: Hardening,
  logTo: LogConfiguration,
  { firelens }: Given = {},
): Content {
  const { pidMode, ...rest } = content;
  const kept = to.pidMode === null || pidMode === undefined ? rest : content;
  const { containerDefinitions: all = [] } = content;
  const router = routerIn(all)?.name ?? routerName;
  const copy = withContainers(kept, (container) => {
    const is = hardenedOf(container);
    const be = to.containers[container.name ?? ''] ?? is;
    const isRouted = be.logs === 'awsfirelens' && firelens !== undefined;
    const log = isRouted ? routed(container, firelens, router) : { logConfiguration: logTo };
    return {
      ...moved(container, be.variables ?? {}),
      ...(be.privileged === is.privileged ? {} : { privileged: be.privileged }),
      ...(be.user === null || be.user === is.user ? {} : { user: be.user }),
      ...(be.readOnly === is.readOnly ? {} : { readonlyRootFilesystem: be.readOnly }),
      ...(be.logs === is.logs ? {} : log),
    };
  });
  const isThere = to.containers[routerName] === undefined || all.some(({ name }) => name === routerName);
  if (isThere || firelens === undefined) return copy;
  return { ...copy, containerDefinitions: [...(copy.containerDefinitions ?? []), routerOf(firelens, logTo)] };
}

/** Where a container writes its log that had none. On Fargate the prefix is required (ECS developer guide, "awslogs"). */
export const logTo = (group: string, region: string, prefix: string): LogConfiguration => ({
  logDriver: 'awslogs',
  options: { 'awslogs-group': group, 'awslogs-region': region, 'awslogs-stream-prefix': prefix },
});

/** All of a definition that no fix changes of the one that it may be a copy of. */
function restOf(definition: TaskDefinition, was: TaskDefinition, named: References): string {
  const { pidMode: _pid, ...content } = contentOf(definition);
  const { containerDefinitions: before = [] } = was;
  const hadNoLog = new Set(before.flatMap((one) => (one.logConfiguration === undefined ? [one.name] : [])));
  const hadRouter = routerIn(before) !== undefined;
  const all = content.containerDefinitions ?? [];
  const router = routerIn(all)?.name;
  const moves = movesIn(was, named);
  const kept = all.filter(({ name }) => hadRouter || name !== router || name !== routerName);
  return canonicalJson(
    withContainers({ ...content, containerDefinitions: kept }, (container) => {
      const { privileged: _p, user: _u, readonlyRootFilesystem: _r, ...rest } = withoutMoved(container, moves);
      return hadNoLog.has(rest.name) ? unrouted(rest, router) : rest;
    }),
  );
}

/** Whether the second differs from the first in nothing but what fixes change. */
export const differsInFixesAlone = (was: TaskDefinition, now: TaskDefinition, named: References = []): boolean =>
  restOf(was, was, named) === restOf(now, was, named);

/**
 * As a before-state knows it: of the variables of a container, those that it names. One that an earlier version of Firebreak has stored names only
 * those of its rule, and is compared by them.
 */
export const asKnownTo = (before: Hardening, { pidMode, containers }: Hardening): Hardening => ({
  pidMode,
  containers: Object.fromEntries(
    Object.entries(containers).map(([name, { variables = {}, ...one }]) => {
      const known = before.containers[name]?.variables;
      const kept = Object.entries(variables).filter(
        ([variable]) => before.containers[name] === undefined || known?.[variable] !== undefined,
      );
      return [name, kept.length === 0 ? one : { ...one, variables: Object.fromEntries(kept) }];
    }),
  ),
});

export const sameHardening = (one: Hardening, other: Hardening): boolean => canonicalJson(one) === canonicalJson(other);

/** Containers in which two differ in this. */
const differing = (from: Hardening, to: Hardening, field: keyof Hardened): readonly string[] =>
  Object.keys(from.containers).filter((name) => from.containers[name]?.[field] !== to.containers[name]?.[field]);

/** What a copy does otherwise, in words. */
export function inWords(from: Hardening, to: Hardening, given: Given): readonly string[] {
  const { user = '', logGroup = '', firelens, moves = [] } = given;
  const say = (names: readonly string[], words: string): readonly string[] =>
    names.length === 0 ? [] : [`${names.join(', ')} ${words}`];
  const logs = differing(from, to, 'logs');
  const isRouted = (name: string): boolean => to.containers[name]?.logs === 'awsfirelens';
  const isAdded = from.containers[routerName] === undefined && to.containers[routerName] !== undefined;
  return [
    ...say(differing(from, to, 'privileged'), 'not privileged'),
    ...say(differing(from, to, 'user'), `as user ${user}`),
    ...say(differing(from, to, 'readOnly'), 'with a root file system that is read only'),
    ...say(
      logs.filter((name) => !isRouted(name)),
      `with a log in ${logGroup}`,
    ),
    ...say(logs.filter(isRouted), `with a log through FireLens to ${firelens?.options['Name'] ?? ''}`),
    ...(isAdded ? [`a log router beside them (${firelens?.image ?? ''}), with its own log in ${logGroup}`] : []),
    ...moves.flatMap(({ container, variable, secret }) =>
      from.containers[container]?.variables?.[variable] === to.containers[container]?.variables?.[variable]
        ? []
        : [`${container} with ${variable} from ${secret.slice(secret.indexOf(':secret:') + 1)}`],
    ),
    ...(from.pidMode === to.pidMode ? [] : ['the task without the processes of its host']),
  ];
}
