import * as z from 'zod';
import type { AccusedPod } from '../../account/accused.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { parsedJson } from '../../platform/json.ts';
import type { Accusation } from '../accusation.ts';

/** The policy by which a role's sessions are revoked. The console's own is called AWSRevokeOlderSessions, and is left alone. */
export const policyName = 'FirebreakRevokedSessions';

/** A role's longest session (IAM user guide, "Methods to assume a role"): after it, nothing is left that the policy denies anything. */
const longestSessionMs = 12 * 3_600_000;

/** What such a policy says. */
export interface Deny {
  /** Sessions that were issued before are denied everything, ISO to the second. */
  readonly cutOff: string;
  /** For which accused tasks and pods it was written (`markOf`). */
  readonly mark: string;
}

/** Letters and digits, all that a statement's id may hold. A cut-off that was written for other tasks or pods does not cover these. */
export const markOf = ({ tasks, pods = [] }: Pick<Accusation, 'tasks' | 'pods'>): string =>
  sha256Hex([...[...tasks].sort(), ...pods.map(podText).sort()].join('\n')).slice(0, 16);

const podText = ({ cluster, namespace, workload }: AccusedPod): string => `${cluster}/${namespace}/${workload}`;

/** As "Revoke active sessions" of IAM's console writes it, with an id by which it is known as ours. */
export const documentOf = ({ cutOff, mark }: Deny): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: `Firebreak${mark}`,
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': cutOff } },
      },
    ],
  });

const shape = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.tuple([
    z.strictObject({
      Sid: z.string().regex(/^Firebreak[0-9a-f]{16}$/),
      Effect: z.literal('Deny'),
      Action: z.literal('*'),
      Resource: z.literal('*'),
      Condition: z.strictObject({ DateLessThan: z.strictObject({ 'aws:TokenIssueTime': z.iso.datetime() }) }),
    }),
  ]),
});

/** What a policy says that is ours, from its text; null for anything else, which somebody else has written or changed. */
export function denyIn(document: string): Deny | null {
  const read = shape.safeParse(parsedJson(document));
  if (!read.success) return null;
  const [{ Sid, Condition }] = read.data.Statement;
  return { cutOff: Condition.DateLessThan['aws:TokenIssueTime'], mark: Sid.slice('Firebreak'.length) };
}

/** The first whole second after a moment: IAM compares tokens by the second, and none that was issued in this one shall be left. */
export const secondAfter = (at: Date): string =>
  `${new Date(Math.floor(at.getTime() / 1000) * 1000 + 1000).toISOString().slice(0, 19)}Z`;

/** From when on a policy denies nobody anything, because no session is as old as that. */
export const idleFrom = ({ cutOff }: Deny): string =>
  `${new Date(Date.parse(cutOff) + longestSessionMs).toISOString().slice(0, 19)}Z`;

/** The later of two cut-offs: what somebody else's incident needs is never given up. */
export const later = (one: string, other: string | undefined): string =>
  other !== undefined && Date.parse(other) > Date.parse(one) ? other : one;
