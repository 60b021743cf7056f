import * as z from 'zod';
import type { Action } from '../actions/contract.ts';
import { isBlock } from '../finding/address.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import { durationDays, durationSeconds } from './duration.ts';
import { digestSchema, freezeSchema, workingHoursSchema } from './freezeSchema.ts';
import { imagePolicySchema } from './imagePolicySchema.ts';
import type { Pattern } from './pattern/pattern.ts';
import type {
  Approval,
  Breaker,
  DoEntry,
  Escalation,
  Exemption,
  Rule,
  RuleLimits,
  Settings,
  SignIn,
  Storm,
  Team,
} from './rule.ts';

/** What rules need to know of an action. The catalogue is passed in: rules never import it. */
export type RuleAction = Pick<Action, 'name' | 'params' | 'targets' | 'declines'> &
  Partial<Pick<Action, 'facts' | 'reversal' | 'parts'>>;

const json: z.ZodType<Json> = z.json();
const jsonObject = z.record(z.string(), json) as z.ZodType<JsonObject>;
/** Its shape alone; `compilePattern` says what is wrong with it. */
const pattern = z.record(z.string(), json) as z.ZodType<Pattern>;

const name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/, 'must be lower-case letters, digits and hyphens, at most 64');
const sentence = z.string().trim().min(1, 'must not be empty').max(500, 'must be at most 500 characters');
const mode = z.enum(['enforce', 'observe']);
const tier = z.enum(['page', 'notice', 'digest']);
const page = z.strictObject({
  contained: tier.exactOptional(),
  degraded: tier.exactOptional(),
  'not-contained': tier.exactOptional(),
  held: tier.exactOptional(),
  observed: tier.exactOptional(),
});
const shortestTimeoutSeconds = 60;
/** A run of the state machine, which waits for the answer, lasts at most twelve hours. */
const longestTimeoutSeconds = 8 * 3600;
const duration = (leastSeconds: number, mostSeconds: number, message: string) =>
  z.string().refine((text) => {
    const seconds = durationSeconds(text);
    return seconds !== undefined && seconds >= leastSeconds && seconds <= mostSeconds;
  }, message);
const timeout = duration(
  shortestTimeoutSeconds,
  longestTimeoutSeconds,
  'must be a duration such as PT10M or PT1H30M, from a minute to eight hours',
);
const approval = z.strictObject({
  when: z
    .array(z.enum(['always', 'protected']))
    .min(1, 'must say when a person is asked: always, or protected')
    .max(2, 'must be always, protected, or both'),
  timeout: timeout.exactOptional(),
  onTimeout: z.enum(['proceed', 'minimum', 'hold']).exactOptional(),
}) satisfies z.ZodType<Approval>;
/** Who is asked after a quarter has forgotten what it was about. */
export const longestLeaseDays = 90;
const lease = z
  .string()
  .refine(
    (text) => (durationDays(text) ?? Infinity) <= longestLeaseDays,
    `must be whole days such as P7D, from P1D to P${longestLeaseDays}D`,
  );
const whole = (least: number, most: number) =>
  z.int('must be a whole number').min(least, `must be at least ${least}`).max(most, `must be at most ${most}`);
/** Whoever was woken needs some minutes to answer; who answers after two hours was not woken. */
const escalate = z.strictObject({
  after: duration(300, 2 * 3600, 'must be a duration such as PT15M, from five minutes to two hours'),
  times: whole(1, 5).default(2),
}) satisfies z.ZodType<Escalation>;
const order = whole(0, 9999);
const perHour = whole(1, 1000);
const limits = z.strictObject({
  perHour: perHour.exactOptional(),
  perCluster: perHour.exactOptional(),
  perService: perHour.exactOptional(),
  maxTargets: whole(1, 1000).exactOptional(),
  minHealthyPercent: whole(0, 100).exactOptional(),
}) satisfies z.ZodType<RuleLimits>;

/** A rule as it is written in its file. */
export const writtenRule = z.strictObject({
  name,
  description: sentence.exactOptional(),
  order: order.exactOptional(),
  when: pattern,
  // An entry is a name, or an object with one name; read by `readDo`, which says better what is wrong with it.
  do: z.array(json).min(1, 'must name at least one action').max(20, 'must name at most 20 actions'),
  mode: mode.exactOptional(),
  page: page.exactOptional(),
  escalate: escalate.exactOptional(),
  approval: approval.exactOptional(),
  limits: limits.exactOptional(),
  lease: lease.exactOptional(),
});

const doEntry: z.ZodType<DoEntry> = z.strictObject({ action: z.string().min(1), params: jsonObject });

/** A rule as it is stored: with defaults filled in. */
export const storedRule: z.ZodType<Rule> = z.strictObject({
  name,
  description: z.string(),
  order,
  when: pattern,
  do: z.array(doEntry).min(1),
  mode,
  page,
  escalate: escalate.exactOptional(),
  approval: approval.exactOptional(),
  limits: limits.exactOptional(),
  lease: lease.exactOptional(),
});

/** From then on, as UTC with milliseconds; a date alone is its first moment in UTC. */
const expires = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    'must be a date (2026-12-31) or a time (2026-12-31T18:00:00Z)',
  )
  .transform((text) => new Date(text).toISOString());

const oneLine = (message: string) => z.string().regex(/^\S(.{0,198}\S)?$/, message);
/** Who may decide in a browser. The client's secret is no setting. */
const signIn = z.strictObject({
  issuer: z.string().regex(/^https:\/\/[^\s?#]{1,500}$/, 'must be an https address, such as https://login.example.com'),
  clientId: oneLine('must be the id of the client, on one line'),
  claim: oneLine('must be the name of a claim').default('groups'),
  groups: z
    .array(oneLine('must be a group, on one line'))
    .min(1, 'must name who may sign in')
    .max(50, 'must be at most 50'),
}) satisfies z.ZodType<SignIn>;

/** The same for what is written and what is stored. */
export const exemption = z.strictObject({
  name,
  when: pattern,
  rules: z.array(z.string()).min(1, 'must name at least one rule; leave it out for all').exactOptional(),
  actions: z.array(z.string()).min(1, 'must name at least one action; leave it out for all').exactOptional(),
  scope: z.enum(['paging']).exactOptional(),
  owner: sentence,
  reason: sentence,
  expires,
}) satisfies z.ZodType<Exemption>;

const owners = z
  .array(sentence)
  .min(1, 'must name at least one; leave it out for the name')
  .max(50, 'must be at most 50');
const team = z.strictObject({
  name,
  owners: owners.exactOptional(),
  owns: z
    .array(pattern)
    .min(1, 'must hold at least one pattern')
    .max(50, 'must be at most 50 patterns')
    .exactOptional(),
  workingHours: workingHoursSchema.exactOptional(),
  digest: digestSchema.exactOptional(),
}) satisfies z.ZodType<Team>;

const hours = whole(1, 720);
const breaker = z.strictObject({ ineffective: whole(1, 100), withinHours: hours }) satisfies z.ZodType<Breaker>;

const storm = z.strictObject({
  incidents: whole(3, 100),
  within: duration(60, 3600, 'must be a duration such as PT10M, from a minute to an hour'),
}) satisfies z.ZodType<Storm>;

/** The same for what is written and what is stored. */
export const settings = z.strictObject({
  defaultMode: mode.default('observe'),
  observeOnly: z.boolean('must be true or false').default(false),
  quietHours: hours.default(24),
  holdAfterUndoHours: hours.default(24),
  quietPullDays: whole(1, 365).default(30),
  causeWindowMinutes: whole(1, 1440).default(60),
  longestExemptionDays: whole(1, 366).default(90),
  protected: z.array(pattern).max(50, 'must be at most 50 patterns').default([]),
  ownAddresses: z
    .array(
      z.string().refine(isBlock, { error: 'must be a block of addresses, such as 203.0.113.0/24 or 2001:db8::/32' }),
    )
    .max(100, 'must be at most 100 blocks')
    .exactOptional(),
  inUse: z
    .array(
      z
        .string()
        .regex(/^\d{12}\/[a-z]{2,}(?:-[a-z0-9]+)+$/, 'must be an account and a Region, such as 123456789012/eu-west-1'),
    )
    .min(1, 'must name a place, such as 123456789012/eu-west-1; without any, leave it out')
    .max(50, 'must be at most 50 places')
    .exactOptional(),
  limits: z.strictObject({ perHour }).exactOptional(),
  freezes: z.array(freezeSchema(name)).max(20, 'must be at most 20 windows').exactOptional(),
  teams: z.array(team).max(50, 'must be at most 50').exactOptional(),
  workingHours: workingHoursSchema.exactOptional(),
  escalate: escalate.exactOptional(),
  digest: digestSchema.exactOptional(),
  storm: z.union([z.literal('off'), storm]).exactOptional(),
  breaker: breaker.exactOptional(),
  lease: lease.exactOptional(),
  twoPeople: z
    .array(z.enum(['protected', 'always']))
    .min(1, 'must say what two people approve: protected, or always')
    .max(2, 'must be protected, always, or both')
    .exactOptional(),
  signIn: signIn.exactOptional(),
  images: imagePolicySchema.exactOptional(),
}) satisfies z.ZodType<Settings>;
