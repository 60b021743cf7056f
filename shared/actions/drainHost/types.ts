import * as z from 'zod';
import type { Target } from '../contract.ts';
import { drainTimeoutSeconds } from '../targets/containerInstance.ts';

export const params = z.strictObject({
  /** So long the host may take to be empty; what is there then is told. */
  drainTimeoutSeconds,
  /**
   * Of tasks that belong to no service, which a drain does not move: `leave` counts a host without tasks of services as empty, `wait` one without any,
   * and `hold` asks a person before a host with such a task is drained. None of them is ever stopped.
   */
  standaloneTasks: z.enum(['leave', 'wait', 'hold']).default('leave'),
});
export type Params = z.infer<typeof params>;

export type HostTarget = Target<'instance'>;

/** A service, as far as it is on the host. */
export type OnHost = {
  readonly name: string;
  /** How many of its tasks are there. */
  readonly tasks: number;
  /** One of its tasks is on each host: it is moved nowhere, and stops last. */
  readonly daemon: boolean;
  /** Its limits let ECS neither stop one of its tasks nor start another, in words; null where they do. */
  readonly stuck: string | null;
  /** What one of its tasks reserves that no other host has left, e.g. `512 CPU units, 1024 MiB`; null where one has. */
  readonly roomless: string | null;
};

/** What `ecs.drain-host` reads of its target. */
export type Observed = {
  /** Of the container instance: ACTIVE takes tasks, DRAINING does not. Null for a host of no cluster. */
  readonly status: string | null;
  /** Name of the cluster that it is a host of, and the ARN of the container instance; null for a host of none. */
  readonly cluster: string | null;
  readonly container: string | null;
  /** The service that manages the instance; null for one that its owner manages. */
  readonly operator: string | null;
  readonly protectedBy: string | null;
  /** The ARNs of all container instances that the instance is registered as: one, as a rule. */
  readonly registrations: readonly string[];
  /** Why none of several may be drained, in words; null where there are not several. */
  readonly ambiguous: string | null;

  /** Whether the agent of ECS is connected. */
  readonly connected: boolean;
  readonly services: readonly OnHost[];
  /** Ids of tasks that belong to no service. */
  readonly alone: readonly string[];
  /** How many other hosts of the cluster take tasks. */
  readonly others: number;
  /** How many hosts the cluster has, itself included. */
  readonly hosts: number;
  /** Name of its Auto Scaling group, and of its capacity provider; null for none. */
  readonly group: string | null;
  readonly provider: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** What the plan chose: which container instance the step is about. */
export const chosenShape = z.object({ cluster: z.string(), container: z.string() });
