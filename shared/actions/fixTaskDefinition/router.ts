import type { ContainerDefinition, LogConfiguration, TaskDefinition } from '@aws-sdk/client-ecs';
import * as z from 'zod';
import { tellsOfSecret } from '../../account/plainSecrets.ts';
import { parseReference } from '../../account/reference.ts';
import { approves } from '../../finding/approvedRegistry.ts';

/** Of a router, ECS takes a uid, with or without a group (ECS developer guide, "FireLens", "Non-root user"). */
const routerUserForm = /^\d{1,9}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?$/;

/** An option of Fluent Bit is a line of its configuration: a line break would begin another one. */
const optionName = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const options = z
  .record(z.string(), z.string().regex(/^[^\p{Cc}]{1,512}$/u, 'must be 1 to 512 characters in one line'))
  .refine(
    (given) => Object.keys(given).every((name) => optionName.test(name)),
    'must have names of options of Fluent Bit: letters, digits and any of _.-',
  );

const asksForOutput = 'must have Name, the output plugin of Fluent Bit that the log goes to, e.g. cloudwatch_logs';

/** Options in which outputs of Fluent Bit have what lets them in, and that are not named like a secret. */
const saysWho = /^(?:header|cloud_auth|uri)$|licen[cs]e_?key|shared_?key/i;

/** How a log is routed that goes nowhere: a container of Fluent Bit beside those of the task (ECS developer guide, "FireLens"). */
export const firelens = z.strictObject({
  /** With its digest: what is started beside an application is what somebody has looked at. */
  image: z
    .string()
    .max(400)
    .regex(
      /^[a-z0-9.-]+(?::\d{1,5})?\/[a-z0-9][a-z0-9._/-]*(?::[\w.-]{1,128})?@sha256:[0-9a-f]{64}$/,
      'must be an image with its registry and its digest, e.g. public.ecr.aws/aws-observability/aws-for-fluent-bit@sha256:…',
    ),
  /** Of the log driver awsfirelens, which makes them the configuration of the output. They stand in the definition in plain text. */
  options: options
    .refine((given) => given['Name'] !== undefined, asksForOutput)
    .refine((given) => Object.keys(given).length <= 40, 'must be at most 40 options')
    .refine(
      (given) => !Object.keys(given).some((name) => tellsOfSecret.test(name) || saysWho.test(name)),
      'must not hold a secret: it would stand in the task definition in plain text; use an output that takes the task role',
    ),
  /** Whom the router runs as; 24224 without it, which nobody else in the task may be. As another user than root it needs ECS agent 1.96.0 on a host of one's own. */
  user: z
    .string()
    .regex(routerUserForm, 'must be UID, UID:GID or UID:GROUP: of a log router, ECS takes no user by name')
    .exactOptional(),
  /** MiB; 64 without it. Docker takes no less than 6. */
  memoryReservation: z.int().min(6).max(122_880).exactOptional(),
  /** Its root file system can be written to, which the output to S3 needs. */
  writableRoot: z.literal(true).exactOptional(),
});
export type Firelens = z.infer<typeof firelens>;

/** By which it is known as ours. */
export const routerName = 'firebreak-log-router';

/** Whom it runs as, where the rule does not say. */
export const routerUser = ({ user = '24224' }: Firelens): string => user;

const uidOf = (user: string): string => user.split(':')[0] ?? '';

const reservationOf = ({ memoryReservation = 64 }: Firelens): number => memoryReservation;

/** Where a router listens (the same guide, "Considerations"). */
const routerPort = 24_224;

/** "Containers per task definition" (ECS endpoints and quotas). */
const mostContainers = 10;

const isRouter = ({ firelensConfiguration }: ContainerDefinition): boolean => firelensConfiguration !== undefined;

/** The one that routes logs; a definition has one at most. */
export const routerIn = (containers: readonly ContainerDefinition[]): ContainerDefinition | undefined =>
  containers.find(isRouter);

/**
 * The container that is added. What ECS would add to it is spelled out, so that it is known again as it is described. Its own log does not go
 * through itself: what it cannot send would be told to nobody.
 */
export const routerOf = (given: Firelens, log: LogConfiguration): ContainerDefinition => ({
  name: routerName,
  image: given.image,
  cpu: 0,
  memoryReservation: reservationOf(given),
  portMappings: [],
  essential: true,
  environment: [],
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
  user: routerUser(given),
  ...(given.writableRoot === true ? {} : { readonlyRootFilesystem: true }),
  firelensConfiguration: { type: 'fluentbit' },
  logConfiguration: log,
});

/**
 * What a container has whose log goes through a router. In the network mode bridge it must start after that, elsewhere ECS sees to it (the same
 * guide, "Considerations").
 */
export function routed(
  { dependsOn = [] }: ContainerDefinition,
  { options: given }: Firelens,
  router: string,
): ContainerDefinition {
  const waits = dependsOn.some(({ containerName }) => containerName === router);
  return {
    dependsOn: waits ? dependsOn : [...dependsOn, { containerName: router, condition: 'START' }],
    logConfiguration: { logDriver: 'awsfirelens', options: given },
  };
}

/** A container without what `routed` gives it. */
export function unrouted(container: ContainerDefinition, router: string | undefined): ContainerDefinition {
  const { logConfiguration: _log, dependsOn = [], ...rest } = container;
  const others = dependsOn.filter(({ containerName, condition }) => containerName !== router || condition !== 'START');
  return others.length === 0 ? rest : { ...rest, dependsOn: others };
}

/** Outputs to AWS, which Fluent Bit signs as the task role (Fluent Bit manual, "Outputs"; AWS's own plugins before it had them). */
const outputsToAws = /^(?:cloudwatch(?:_logs)?|kinesis(?:_firehose|_streams)?|firehose|s3)$/i;

/** Without a task role, Fargate has no credentials for it; a host has those of its own. */
const lacksRole = (
  { taskRoleArn, requiresCompatibilities = [] }: TaskDefinition,
  { options: { Name: output = '' } }: Firelens,
): boolean => taskRoleArn === undefined && requiresCompatibilities.includes('FARGATE') && outputsToAws.test(output);

/** MiB of its task that no container has reserved; null where the task itself has no size. */
function roomIn({ memory, containerDefinitions = [] }: TaskDefinition): number | null {
  if (memory === undefined) return null;
  const reserved = containerDefinitions.map((one) => one.memoryReservation ?? one.memory ?? 0);
  return Number(memory) - reserved.reduce((sum, one) => sum + one, 0);
}

/** Why no log of this definition can be routed so, one clause; null where it can. Pure. */
export function againstRouter(
  definition: TaskDefinition,
  given: Firelens,
  registries: readonly string[] | undefined,
): string | null {
  const { containerDefinitions: all = [], networkMode } = definition;
  if (lacksRole(definition, given))
    return `it has no task role, as which a log router sends to ${given.options['Name']}`;
  const there = routerIn(all);
  if (there !== undefined) return againstUsing(there);
  if (networkMode === 'none') return 'it has no network, over which a log router could send';
  if (networkMode === 'host') {
    return `it is in the network of its host, where the port of a log router (${routerPort}) is open to whoever reaches the host`;
  }
  if (all.some(({ name }) => name === routerName)) return `it has a container ${routerName} that is no log router`;
  if (all.some(({ portMappings = [] }) => portMappings.some(({ containerPort }) => containerPort === routerPort))) {
    return `a container of it has port ${routerPort}, at which a log router listens`;
  }
  const uid = uidOf(routerUser(given));
  // "The UID must be unique": it gets the directory of the socket (the same guide, "Non-root user").
  if (uid !== '0' && all.some(({ user = '' }) => uidOf(user) === uid)) {
    return `a container of it runs as user ${uid}, and a log router needs a user of its own (firelens, user)`;
  }
  if (all.length >= mostContainers) return `it has ${all.length} containers, and ECS takes no more`;
  const reference = parseReference(given.image);
  if (registries !== undefined && !registries.some((one) => reference !== null && approves(one, reference))) {
    return `the image of the log router is from no approved registry (settings, images.registries): ${given.image}`;
  }
  const room = roomIn(definition);
  if (room === null || room >= reservationOf(given)) return null;
  return `its task has ${Math.max(0, room)} MiB that no container has reserved, and the log router needs ${reservationOf(given)}: give the task more memory, or a container less`;
}

/** Why a router that is there already cannot be used. */
function againstUsing({ name = '', firelensConfiguration, dependsOn = [] }: ContainerDefinition): string | null {
  if (firelensConfiguration?.type !== 'fluentbit') {
    return `its log router ${name} is Fluentd, and the rule has options of Fluent Bit`;
  }
  return dependsOn.length === 0 ? null : `its log router ${name} waits for other containers, which would wait for it`;
}
