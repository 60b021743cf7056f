import * as z from 'zod';
import { AwsError } from '../account.ts';
import { seededRandom } from '../kernel/random.ts';
import type { Asked, Fault, FaultRule } from './faults.ts';
import { failedBy, throttledBy } from './refusals.ts';

const name = z.enum([
  ...(['throttled', 'failed', 'denied', 'refused', 'lost-before', 'lost-after', 'slow', 'stale'] as const),
  ...(['killed-before', 'killed-after', 'unanswered'] as const),
]);

/** A fault as data: which calls, which of them, and what becomes of them. A key that is not given does not narrow. */
export const faultSchema = z
  .strictObject({
    /** As IAM spells it: `ecs`. */
    service: z.string().optional(),
    /** `UpdateService`. */
    operation: z.string().optional(),
    /** The function that calls, by its name or the last part of it: `act`. */
    function: z.string().optional(),
    /** A text that the ARN of what the call is for holds. */
    target: z.string().optional(),
    /** From the nth call on that all the above fits, from 1. */
    nth: z.int().min(1).default(1),
    /** How many of these; without it, all. */
    times: z.int().min(1).optional(),
    /** How likely each of these is hit. */
    probability: z.number().min(0).max(1).default(1),
    /** Of that chance. */
    seed: z.int().default(1),
    fault: name,
    /** The error of `refused`, as the service spells it on the wire: `PackedPolicyTooLarge`. */
    code: z.string().min(1).optional(),
    /** Its words. */
    message: z.string().optional(),
    /** Virtual seconds: how late a slow answer is, how long reads are stale. */
    seconds: z.number().positive().default(30),
  })
  .refine(({ fault, service }) => fault !== 'stale' || service === undefined || !CONSISTENT.has(service), {
    message: 'reads of this service see every change at once, on AWS too',
    path: ['service'],
  })
  .refine(({ fault, code }) => (fault === 'refused') === (code !== undefined), {
    message: 'refused needs a code, and no other fault takes one',
    path: ['code'],
  });

/** Whose reads see every change, on AWS (DynamoDB: with ConsistentRead) and here, or which have none that could show one. */
const CONSISTENT: ReadonlySet<string> = new Set(['dynamodb', 's3', 'sns', 'sqs', 'sts']);

export type FaultSpec = z.input<typeof faultSchema>;

/** A rule that counts for itself: put it into `faults` once. @throws ZodError */
export function faultRule(given: FaultSpec): FaultRule {
  const spec = faultSchema.parse(given);
  const random = seededRandom(spec.seed);
  let seen = 0;
  let hit = 0;
  return (asked) => {
    if (!fits(spec, asked) || !canStrike(spec.fault, asked)) return undefined;
    seen += 1;
    if (seen < spec.nth || hit >= (spec.times ?? Number.POSITIVE_INFINITY)) return undefined;
    if (spec.probability < 1 && random.next() >= spec.probability) return undefined;
    hit += 1;
    return faultOf(spec, asked.service);
  };
}

function fits(spec: z.output<typeof faultSchema>, { service, operation, functionName, target }: Asked): boolean {
  const { service: ofService = service, operation: named = operation, function: caller, target: part = '' } = spec;
  const called = caller === undefined || functionName === caller || functionName?.endsWith(`-${caller}`) === true;
  return service === ofService && operation === named && called && target.includes(part);
}

/** Only a function can be killed or left waiting: a call from outside, or of a service, is not struck, and does not count. */
const strikesFunctions: ReadonlySet<string> = new Set(['killed-before', 'killed-after', 'unanswered']);

const canStrike = (fault: FaultSpec['fault'], { service, operation, functionName }: Asked): boolean =>
  !strikesFunctions.has(fault) || functionName !== undefined || (service === 'lambda' && operation === 'Run');

function faultOf({ fault, seconds, code, message }: z.output<typeof faultSchema>, service: string): Fault {
  switch (fault) {
    case 'throttled':
      return throttledBy(service);
    case 'failed':
      return failedBy(service);
    case 'refused':
      return new AwsError(code ?? '', message ?? 'A fault that was set refuses this call.');
    case 'slow':
    case 'stale':
      return { kind: fault, ms: seconds * 1000 };
    case 'killed-before':
      return 'crash-before';
    case 'killed-after':
      return 'crash-after';
    case 'unanswered':
      return 'hang';
    default:
      return fault;
  }
}
