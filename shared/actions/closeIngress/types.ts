import * as z from 'zod';
import { canonicalBlock } from '../../finding/address.ts';
import type { Rule } from './rules.ts';

/** The first and the last port. */
export type PortRange = readonly [from: number, to: number];

const highest = 65_535;
const shape = /^(\d{1,5})(?:-(\d{1,5}))?$/;

function rangeOf(written: number | string): PortRange | undefined {
  const [, first, last = first] = shape.exec(String(written)) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return first !== undefined && from <= to && to <= highest ? [from, to] : undefined;
}

const port = z.union([z.int().min(0).max(highest), z.string()]).refine((one) => rangeOf(one) !== undefined, {
  error: 'A port, or the first and the last of several: 22, "5900-5999".',
});

/** Those by which a host is administered: SSH and Remote Desktop ("remote server administration ports" of the CIS AWS Foundations Benchmark). */
const administrative = [22, 3389];

/** Most that a group has where its quota was not raised far: nobody writes so many by hand. */
const most = 60;

/** Rules are compared by their text: what EC2 never shows would let in for ever what it is there to keep out. */
const asShown = (peer: string): boolean => peer.startsWith('pl-') || canonicalBlock(peer) === peer;

function wronglyWritten(peer: string): string {
  const block = canonicalBlock(peer);
  return block === null
    ? `"${peer}" is no block of addresses: write it as EC2 shows it, such as 0.0.0.0/1 or 2001:db8::/32.`
    : `"${peer}" is no block as EC2 shows it: write ${block}.`;
}

export const params = z.strictObject({
  ports: z.union([z.literal('all'), z.array(port).min(1).max(most)]).default(administrative),
  alsoFrom: z
    .array(
      z
        .string()
        .regex(/^(?:[0-9a-f.:]{2,43}\/\d{1,3}|pl-[0-9a-f]{8,17})$/, {
          error: 'A block of addresses as EC2 shows it (0.0.0.0/1), or the id of a prefix list (pl-…).',
          abort: true,
        })
        .refine(asShown, { error: ({ input }) => wronglyWritten(String(input)) }),
    )
    .max(most)
    .default([]),
  wider: z.boolean().default(false),
  loadBalancerWeb: z.boolean().default(false),
  maxInterfaces: z.int().min(0).max(100_000).default(25),
});
export type Params = z.infer<typeof params>;

export const portsOf = ({ ports }: Params): readonly PortRange[] | null =>
  ports === 'all'
    ? null
    : ports.flatMap((one) => {
        const range = rangeOf(one);
        return range === undefined ? [] : [range];
      });

/** What the plan has chosen, by the names of rules: what is taken away, and what stays though it is open. */
export const chosenShape = z.object({ closes: z.array(z.string()), stays: z.array(z.string()) });
export type Chosen = z.infer<typeof chosenShape>;

/** What `vpc.close-ingress` reads of its target. */
export type Observed = {
  /** Those that let the world in to what is asked about, by name; of what stands, null for those that are closed. */
  readonly rules: { readonly [name: string]: Rule | null };
  /** Their ids, by name: EC2 gives new ones to rules that are made again. */
  readonly ids: { readonly [name: string]: string };
  readonly groupName: string;
  /** The stack of CloudFormation that it was made by, as its tag says. */
  readonly stack: string | null;
  /** Whose group it is: one of another account may be shared with this one. */
  readonly ofAccount: string;
  /** It belongs to Firebreak itself. */
  readonly ours: boolean;
  /** Load balancers that are in it, by name. */
  readonly balancers: readonly string[];
  /** More interfaces are in it than the rule allows. */
  readonly crowded: boolean;
  readonly interfaces: number;
  readonly protectedBy: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};
