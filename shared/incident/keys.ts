import { sha256Hex } from '../platform/hash.ts';
import type { Key } from './table.ts';

const partition = (incident: string): string => `incident#${incident}`;

/** Step numbers sort as text: plans have at most a few hundred. */
const ordinal = (n: number): string => String(n).padStart(4, '0');

/** Where each kind of item lies. Everything of an incident is in its partition; targets and events have their own. */
export const keys = {
  incident: partition,
  head: (incident: string): Key => ({ pk: partition(incident), sk: 'head' }),
  /** By hash: a finding's id is somebody else's text, of any length. */
  finding: (incident: string, id: string): Key => ({ pk: partition(incident), sk: `finding#${sha256Hex(id)}` }),
  plan: (incident: string, run: string, round: number, hash: string): Key => ({
    pk: partition(incident),
    sk: `plan#${run}#${ordinal(round)}#${hash}`,
  }),
  receipt: (incident: string, run: string, round: number, step: number): Key => ({
    pk: partition(incident),
    sk: `receipt#${run}#${ordinal(round)}#${ordinal(step)}`,
  }),
  message: (incident: string, id: string): Key => ({ pk: partition(incident), sk: `message#${id}` }),
  decision: (incident: string, run: string): Key => ({ pk: partition(incident), sk: `decision#${run}` }),
  /** @param asked the hash of what was asked: one answer each */
  answer: (incident: string, asked: string): Key => ({ pk: partition(incident), sk: `decision#answer#${asked}` }),
  /** Of what two people must approve: the first of them. */
  firstApproval: (incident: string, asked: string): Key => ({ pk: partition(incident), sk: `decision#first#${asked}` }),
  /** One for each page: a state that comes again in the same run has the id of the first. */
  acknowledged: (incident: string, { id, at }: { readonly id: string; readonly at: string }): Key => ({
    pk: partition(incident),
    sk: `decision#acknowledged#${at}#${id}`,
  }),
  /** @param id random: nobody's hold takes the place of another's */
  said: (incident: string, kind: 'hold' | 'contain', at: string, id: string): Key => ({
    pk: partition(incident),
    sk: `decision#${kind}#${at}#${id}`,
  }),
  /** @param term the state of the lease that it is about: one decision each */
  leaseDecision: (incident: string, term: string): Key => ({ pk: partition(incident), sk: `decision#lease#${term}` }),
  /** Says that the incident has to do with a target; the truth about that is the target's own record. */
  touches: (incident: string, target: string): Key => ({ pk: partition(incident), sk: `target#${target}` }),
  target: (target: string): Key => ({ pk: `target#${target}`, sk: 'target' }),
  /** Where a target is changed together with others. */
  meets: (target: string): Key => ({ pk: `target#${target}`, sk: 'meets' }),
  turn: (turn: string): Key => ({ pk: `turn#${turn}`, sk: 'turn' }),
  /** Says that the incident has asked for a turn; the truth about that is the turn's own record. */
  asks: (incident: string, turn: string): Key => ({ pk: partition(incident), sk: `turn#${turn}` }),
  event: (id: string): Key => ({ pk: `event#${id}`, sk: 'record' }),
  /** What an exemption has taken out, and what was told of its end. */
  exemption: (name: string): string => `exemption#${name}`,
  exemptionUse: (name: string, incident: string, openedAt: string): Key => ({
    pk: `exemption#${name}`,
    sk: `use#${openedAt}#${sha256Hex(incident).slice(0, 16)}`,
  }),
  /** @param expires the end that was told of: another is told of again */
  exemptionEnd: (name: string, what: 'soon' | 'over', expires: string): Key => ({
    pk: `exemption#${name}`,
    sk: `end#${expires}#${what}`,
  }),
  /** @param day `2026-11-20` */
  missed: (day: string): Key => ({ pk: 'archive#missed', sk: day }),
  /** @param campaign what is common, of any length; each team has a page of its own about it */
  campaign: ({ campaign, team }: { readonly campaign: string; readonly team: string }): Key => ({
    pk: `campaign#${sha256Hex(`${team}\n${campaign}`)}`,
    sk: 'campaign',
  }),
  /** Says that a page of another incident was folded into this one's; sorts by when that was written. */
  folded: (incident: string, { id, at }: { readonly id: string; readonly at: string }): Key => ({
    pk: partition(incident),
    sk: `folded#${at}#${id}`,
  }),
  /** What was found of the images that run. */
  inventory: { pk: 'inventory', sk: 'current' } satisfies Key,
  /** The storm that is on, or was the last. */
  storm: { pk: 'storm', sk: 'current' } satisfies Key,
  /** Which incidents woke somebody in a stretch of time that begins then, ISO. */
  paged: (from: string, seconds: number): Key => ({ pk: `paged#${from}`, sk: `within#${seconds}` }),
  token: (correlation: string): Key => ({ pk: `token#${correlation}`, sk: 'token' }),
  /** The digest of a team that was written last; of what belongs to none (null), too: no team's name is empty. */
  digest: (team: string | null): Key => ({ pk: `digest#${team ?? ''}`, sk: 'current' }),
  /** @param hash of the link's secret */
  link: (hash: string): Key => ({ pk: `link#${hash}`, sk: 'link' }),
  /** @param hash of what the browser has */
  session: (hash: string): Key => ({ pk: `session#${hash}`, sk: 'session' }),
  /** The drill that is open, or was. */
  drill: { pk: 'drill', sk: 'current' } satisfies Key,
  /** All pauses, in one item. */
  pauses: { pk: 'pause', sk: 'current' } satisfies Key,
  pastPause: (pause: string): Key => ({ pk: 'pause', sk: `past#${pause}` }),
  /** What was changed in one clock hour, e.g. `2026-11-20T09`. */
  budget: (hour: string): Key => ({ pk: `budget#${hour}`, sk: 'budget' }),
  breaker: (rule: string): Key => ({ pk: `breaker#${rule}`, sk: 'breaker' }),
} as const;

/** Short enough for message ids, long enough never to meet another. */
export const incidentHash = (incident: string): string => sha256Hex(incident).slice(0, 16);

/**
 * Name of the execution of a run: 64 hexadecimal digits, all of which Step Functions allows (at most 80 characters). Only
 * for a run is it ever used again, so that `ExecutionAlreadyExists` means that this very run is over.
 */
export const executionName = (incident: string, run: string): string => sha256Hex(`${incident}\n${run}`);

/** Input of the execution of a run. Byte-equal on repeat: with other bytes a repeat would look like a closed run. */
export const executionInput = (incident: string, run: string): string => JSON.stringify({ incident, run });

const retrySuffix = '-retry';

/** The run that follows a dead one. The state machine reads the suffix: a retry's death does not page again. */
export const retryRun = (id: string): string => `${id}${retrySuffix}`;

export const isRetry = (run: string): boolean => run.endsWith(retrySuffix);
