import * as z from 'zod';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { Account } from '../account.ts';
import { unknownName } from '../faults/known.ts';
import { type FaultSpec, faultSchema } from '../faults/spec.ts';
import { DEEPEST_EVENT, tooDeep } from '../services/depth.ts';
import { isOutside } from '../services/outside/answer.ts';

/** A request that cannot be understood: its message is the sentence to answer with. */
export class BadControl extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadControl';
  }
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new BadControl(`The body is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * One envelope or an array of them. Any object is taken: what the product makes of an event that is malformed is one of the
 * things to try. Throws BadControl, and then none is delivered.
 */
export function envelopesIn(body: Buffer): readonly JsonObject[] {
  const given = jsonIn(body);
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  const wrong = all.findIndex((each) => !isObject(each));
  const where = (index: number): string => (Array.isArray(given) ? `entry ${index} of the array` : 'the body');
  if (wrong >= 0)
    throw new BadControl(`An event is a JSON object, and ${where(wrong)} is none; nothing was delivered.`);
  const deep = all.findIndex(tooDeep);
  if (deep >= 0)
    throw new BadControl(
      `An event has at most ${DEEPEST_EVENT} levels, and ${where(deep)} has more; nothing was delivered.`,
    );
  return all.filter(isObject);
}

/** A month: a day takes some seconds of real time, as long as what happens in it. */
const MOST_SECONDS = 31 * 24 * 60 * 60;
const advance = z.strictObject({ seconds: z.number().positive().max(MOST_SECONDS) });

/** Throws BadControl. */
export function secondsIn(body: Buffer): number {
  const parsed = advance.safeParse(jsonIn(body));
  if (parsed.success) return parsed.data.seconds;
  throw new BadControl(`The body must be {"seconds": n}, with n above 0 and at most ${MOST_SECONDS} (31 days).`);
}

const ailment = z.strictObject({
  host: z.string().refine(isOutside, 'must be a host outside AWS: events.pagerduty.com, or a name below example.com'),
  status: z.union([z.literal('down'), z.int().min(200).max(599)], 'must be a status of HTTP, or down'),
  seconds: z.number().positive().max(MOST_SECONDS),
  lateSeconds: z.number().min(0).max(MOST_SECONDS).optional(),
  retryAfter: z.int().min(0).max(MOST_SECONDS).optional(),
});

/** How a host outside AWS is to answer. Throws BadControl with the place and what fits there. */
export function ailmentIn(body: Buffer): z.infer<typeof ailment> {
  const parsed = ailment.safeParse(jsonIn(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadControl(`${issue?.path.join('.') || 'the body'}: ${issue?.message}; no host was changed.`);
}

/** One fault or an array of them. Throws BadControl with the place and what fits there. */
export function faultsIn(body: Buffer, account: Account): readonly FaultSpec[] {
  const given = jsonIn(body);
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  return all.map((each, index) => {
    const refuse = (path: readonly PropertyKey[], message: string | undefined): never => {
      const place = [...(Array.isArray(given) ? [index] : []), ...path].join('.') || 'the body';
      throw new BadControl(`${place}: ${message}; no fault was set.`);
    };
    const parsed = faultSchema.safeParse(each);
    const [issue] = parsed.error?.issues ?? [];
    if (issue !== undefined) return refuse(issue.path, issue.message);
    const spec = each as FaultSpec;
    const unknown = unknownName(account, spec);
    return unknown === undefined ? spec : refuse([unknown.place], unknown.message);
  });
}
