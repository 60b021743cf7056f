import type { Account } from '../../sandbox/account.ts';
import { scalingState } from '../../sandbox/services/applicationAutoScaling/state.ts';
import { repositories } from '../../sandbox/services/ecr/state.ts';
import { clusters, type StoredTask, taskDefinitions } from '../../sandbox/services/ecs/state.ts';
import { commands } from '../../sandbox/services/ssm/commands/state.ts';
import { managedNodes } from '../../sandbox/services/ssm/nodes/state.ts';
import { actionCases } from '../actions/actionCase.ts';

/** What the account is really like, past every API, IAM and fault. */
export interface Truth {
  /** Digest -> status of each image. */
  readonly images: { readonly [digest: string]: string };
  /** Name -> what people declared, and how scaling stands. */
  readonly services: { readonly [name: string]: Declared };
  /** Tasks that are in any state but STOPPED, by id, with the digests that they run. */
  readonly tasks: { readonly [id: string]: readonly string[] };
  /** Tasks that somebody asked to stop: the scheduler's own stops are not among them. */
  readonly stoppedByRequest: readonly string[];
  /** Definitions that were registered since the account opened, as `family:revision`. */
  readonly registered: readonly string[];
  /** Hosts of clusters, by the ids of their instances. */
  readonly hosts: { readonly [id: string]: HostTruth };
  /** Settings that a fix may change, by what they are of: `tags of faults/spare` -> `MUTABLE`. */
  readonly settings: { readonly [of: string]: string };
}

export interface HostTruth {
  readonly status: 'ACTIVE' | 'DRAINING';
  /** Whether it is up, and the agent of ECS connected. */
  readonly connected: boolean;
  /** Id -> state of each patch, as it is on the machine. */
  readonly patches: { readonly [id: string]: string };
  /** Statuses of the commands that have reached Systems Manager for it. */
  readonly commands: readonly string[];
}

interface Declared {
  readonly desired: number;
  /** What it runs: container -> digest. A pinned copy runs the same as what it was copied from. */
  readonly digests: { readonly [container: string]: string };
  readonly definition: string;
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean };
  readonly scaling: { readonly min: number; readonly max: number; readonly suspended: boolean } | null;
}

const digestsOf = ({ containers }: Pick<StoredTask, 'containers'>): readonly string[] =>
  containers.flatMap(({ digest }) => (digest === undefined ? [] : [digest]));

export function truthOf(account: Account): Truth {
  const images = [...repositories(account).values()].flatMap(({ images: some }) => [...some.values()]);
  const all = [...clusters(account).values()];
  const tasks = all.flatMap((cluster) => [...cluster.tasks.values()]);
  const services = all.flatMap((cluster) => [...cluster.services.values()].map((service) => ({ cluster, service })));
  return {
    images: Object.fromEntries(images.map(({ digest, status }) => [digest, status])),
    services: Object.fromEntries(
      services.map(({ cluster, service }) => {
        const { enable, rollback } = service.limits.circuitBreaker;
        const target = scalingState(account).targets.get(`service/${cluster.name}/${service.name}`);
        const digests = service.revision.containers.map(({ name, digest = '' }) => [name, digest]);
        const declared: Declared = {
          desired: service.desiredCount,
          digests: Object.fromEntries(digests),
          definition: `${service.definition.family}:${service.definition.revision}`,
          breaker: { enable, rollback },
          scaling:
            target === undefined
              ? null
              : {
                  min: target.minCapacity,
                  max: target.maxCapacity,
                  suspended: Object.values(target.suspended).includes(true),
                },
        };
        return [service.name, declared];
      }),
    ),
    tasks: Object.fromEntries(
      tasks.filter(({ status }) => status !== 'STOPPED').map((task) => [task.id, digestsOf(task)]),
    ),
    stoppedByRequest: tasks.filter(({ stopCode }) => stopCode === 'UserInitiated').map(({ id }) => id),
    registered: [...taskDefinitions(account).values()]
      .filter(({ registeredBy }) => registeredBy !== undefined)
      .map(({ family, revision }) => `${family}:${revision}`),
    settings: settingsOf(account),
    hosts: Object.fromEntries(
      all
        .flatMap(({ instances }) => [...instances.values()])
        .map(({ ec2InstanceId: id, status, downSince }) => [
          id,
          {
            status,
            connected: downSince === undefined,
            patches: patchesOf(account, id),
            commands: sentTo(account, id),
          },
        ]),
    ),
  };
}

const settingsOf = (account: Account): Truth['settings'] =>
  Object.assign({}, ...actionCases.map(({ truth }) => truth(account)));

const patchesOf = (account: Account, id: string): HostTruth['patches'] =>
  Object.fromEntries(
    [...(managedNodes(account).get(id)?.patches.values() ?? [])].map(({ id: patch, state }) => [patch, state]),
  );

const sentTo = (account: Account, id: string): HostTruth['commands'] =>
  [...commands(account).values()].filter(({ invocations }) => invocations.has(id)).map(({ status }) => status);
