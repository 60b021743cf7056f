import * as z from 'zod';
import type { CleanVersion } from '../../account/cleanVersion.ts';
import type { Scaling } from '../../account/scalableTarget.ts';
import type { Cause } from '../accusation.ts';

export type { ServiceTarget } from '../targets/serviceTarget.ts';

export const params = z.strictObject({
  strategy: z.enum(['by-cause', 'rollback', 'rollback-else-zero', 'zero', 'replace-task']).default('by-cause'),
  allowZero: z.boolean().default(false),
  minHealthyPercent: z.int().min(0).max(100).exactOptional(),
});
export type Params = z.infer<typeof params>;

/** What `ecs.contain-service` reads of its target. */
export type Observed = {
  readonly taskDefinition: string;
  /** By container: what the service deploys, as ECS resolved it. */
  readonly version: { readonly [container: string]: string };
  /** The desired count; where autoscaling sets it, that it does. */
  readonly count: number | 'autoscaled';
  readonly scaling: Scaling | null;
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean } | null;

  readonly controller: string;
  readonly scheduling: string;
  readonly clean: CleanVersion | null;
  /** Whether a deployment is under way, and what it deploys: `accused`, or another version that somebody wants. */
  readonly deploying: 'no' | 'accused' | 'other';
  readonly cause: Cause | null;
  /** Whether it deploys an accused image, or a task of it runs one. */
  readonly runsAccused: boolean;
  readonly protectedBy: string | null;

  readonly whyNotClean: string | null;
  /** Roles that the definition passes on which an undo brings back. */
  readonly roles: readonly string[];
  /** What an undo must pin to bring back that version, because a tag has moved since it was deployed. */
  readonly pins: { readonly [container: string]: string };
  /** Whether a rollback of ours stands that was not started in full: held at its count, or with its autoscaling suspended. */
  readonly unfinished: boolean;
  /** The desired count, whoever set it; as it was before, where a containment of ours has left it lower. */
  readonly desired: number;
  readonly minimumHealthyPercent: number;
  /** Tasks that run and are neither accused nor affected. */
  readonly healthy: number;
  /** ARNs of the tasks to be stopped. */
  readonly affected: readonly string[];
  readonly live: readonly string[];
  readonly pulledUntil: string | null;
  /** Since when a task pulls that is, or would be, of an accused version. */
  readonly pullingSince: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** What the count was before, of a before-state that was stored. */
export const beforeShape = z.object({
  count: z.union([z.number(), z.literal('autoscaled')]),
  desired: z.number(),
  scaling: z
    .object({
      min: z.number(),
      max: z.number(),
      suspended: z.object({ in: z.boolean(), out: z.boolean(), scheduled: z.boolean() }),
    })
    .nullable(),
});

const digests = z.record(z.string(), z.string());

/** What the plan chose. */
export const chosenShape = z.discriminatedUnion('how', [
  z.object({
    how: z.literal('rollback'),
    /** Of the clean version and of the one that an undo brings back. */
    passes: z.array(z.string()),
    /** What an undo brings back, and the images that it pins for that. */
    from: z.object({ taskDefinition: z.string(), pins: digests }),
    clean: z.object({
      revision: z.string(),
      taskDefinition: z.string(),
      digests,
      deployedAt: z.string(),
      pins: digests,
      roles: z.array(z.string()),
    }),
    /** So many tasks are started while the accused ones are stopped, and so many afterwards. */
    heldCount: z.number(),
    fullCount: z.number(),
  }),
  z.object({ how: z.literal('zero') }),
  z.object({ how: z.literal('replace'), fullCount: z.number() }),
]);
export type Chosen = z.infer<typeof chosenShape>;

/** What a release chose, beside what the containment had chosen. */
export const releaseShape = z.object({
  release: z.object({
    /** As a person named it; null: what it runs stays. */
    to: z.string().nullable(),
    taskDefinition: z.string(),
    digests,
    pins: digests,
    roles: z.array(z.string()),
  }),
});
export type ReleaseChosen = z.infer<typeof releaseShape>['release'];
