import * as z from 'zod';
import type { Target } from '../contract.ts';

export const params = z.strictObject({});
export type Params = z.infer<typeof params>;

export type TaskTarget = Target<'ecs-task'>;

/** A task in a target group: by the address of its interface and the port of its container, or by its host and the port there. */
export type Address = {
  /** ARN of the target group. */
  readonly group: string;
  /** An IP address, or the id of an EC2 instance. */
  readonly id: string;
  readonly port: number;
};

/** What `ecs.remove-from-traffic` reads of its target. */
export type Observed = {
  /** Name of the service that it was started for; null for one of none. */
  readonly service: string | null;
  readonly state: 'running' | 'stopping' | 'stopped';
  readonly protectedBy: string | null;
  /** Whether it is a target that gets new requests, by every name (`checkout 10.0.1.0:80`) under which its service may register it. */
  readonly targets: { readonly [name: string]: boolean };
  /** By the same names. */
  readonly addresses: { readonly [name: string]: Address };
  /** By the name of a target group, how many seconds one that is taken out goes on with the requests that it has. */
  readonly drainSeconds: { readonly [group: string]: number };
  /** By what else it is reached, out of which one task cannot be taken. */
  readonly reachedBy: readonly string[];
  /** Of the target groups that it is in, so many other targets are healthy and not accused, where there are fewest. */
  readonly others: number;
  readonly desired: number;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** What the plan chose: as what it is taken out, and as what an undo registers it again. */
export const chosenShape = z.object({
  targets: z.array(z.object({ name: z.string(), group: z.string(), id: z.string(), port: z.number() })),
});
export type Chosen = z.infer<typeof chosenShape>;
