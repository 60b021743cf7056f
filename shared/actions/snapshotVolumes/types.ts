import * as z from 'zod';

/** So many volumes that their ARNs find room in a session policy (2,048 characters), in whatever partition and Region. */
const mostVolumes = 16;

export const params = z.strictObject({
  maxVolumes: z.number().int().min(1).max(mostVolumes).default(mostVolumes),
  /** Written on each snapshot as the day until which it is to be kept. Firebreak deletes none. */
  keepDays: z.number().int().min(1).max(3650).default(90),
});
export type Params = z.infer<typeof params>;

/** What `ec2.snapshot-volumes` reads of its target. */
export type Observed = {
  /** Ids of the volumes of EBS that are attached to it, sorted. */
  readonly volumes: readonly string[];
  readonly protectedBy: string | null;

  /** Of all of them together; of a thin snapshot less is paid for. */
  readonly gibibytes: number;
  /** Ids of snapshots of ours that were there already: what comes besides is of this step. */
  readonly earlier: readonly string[];
  readonly owner: string;
  readonly seen: readonly string[];
};

/** What permissions follow from. */
export const chosenShape = z.object({ volumes: z.array(z.string()) });

/** On every snapshot of ours. */
export const tagNames = {
  /** Id of the instance: permissions are bound to it, and it is what a set is found by. */
  of: 'firebreak:snapshot-of',
  incident: 'firebreak:incident',
  run: 'firebreak:run',
  /** `2027-02-25`. */
  keepUntil: 'firebreak:keep-until',
} as const;
