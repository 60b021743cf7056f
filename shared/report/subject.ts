import type { Outcome } from '../incident/items.ts';
import type { Tier } from '../rules/rule.ts';
import type { About } from './about.ts';
import { calm, type Situation } from './situation.ts';
import { stoppedWords } from './stops.ts';
import { ascii, cut, gsm } from './text.ts';

/** The subject of the page that the state machine sends by itself, when the machinery failed. */
export const machineFailureSubject = 'GET UP: Firebreak could not finish';

export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 12);

/** At most `room` characters that still tell one resource from another: folders go first, then the end. */
export function shortName(full: string, room: number): string {
  let name = ascii(full, 256);
  while (name.length > room && name.includes('/')) name = name.slice(name.indexOf('/') + 1);
  return cut(name, room);
}

const prefixOf = (tier: Tier | 'none'): string => (tier === 'page' ? 'GET UP:' : 'NO ACTION:');

/** What must be seen without scrolling or opening: the prefix and the name lie within this many characters. */
const glance = 40;
/** SNS: fewer than 100 characters, no line breaks or control characters; older documentation says ASCII. */
const longest = 99;

const doWords: Readonly<Record<Exclude<Outcome, 'held'>, string>> = {
  contained: 'contained',
  degraded: 'contained, a step failed',
  'not-contained': 'NOT contained',
  observed: 'seen, nothing done',
  joined: 'joined another incident',
  undone: 'undone',
  released: 'released',
  ignored: 'ignored',
};

/** How much of what was to be put back is not there any more. */
export type Gone = 'none' | 'some' | 'all';

const undoneWords: Readonly<Record<Gone, string>> = {
  none: doWords.undone,
  some: 'undone, but a part is gone',
  all: 'not undone, it is gone',
};

/** What a person who is woken for something contained has to know first. */
function containedWords(
  outcome: 'contained' | 'degraded',
  { breached, down, wanted, loses, openRoles, upAgain, fixes, unfixed, stops }: Situation,
): string {
  if (unfixed && outcome === 'degraded') return stoppedWords(stops) ?? 'NOT fixed, a step failed';
  const done = fixes ? 'fixed' : doWords.contained;
  const contained = breached ? 'containment did not hold, contained again' : done;
  if (upAgain) return down ? 'contained, a part is up again' : 'contained, up again';
  if (down) return `${contained}, NOT up again`;
  if (wanted) return `${contained}, a decision waits`;
  if ((loses || stops.length > 0) && outcome === 'degraded') return `${contained}, a part is held`;
  if (outcome === 'degraded' && !breached) return `${contained}, a step failed`;
  return openRoles && !breached ? 'contained, credentials open' : contained;
}

const lifting = ({ release }: Situation): string => (release ? 'release' : 'undo');

/** What became of it, after its name. What wakes nobody does not call for anybody either. */
export function wordsFor(
  outcome: Outcome,
  direction: 'do' | 'undo',
  tier: Tier | 'none',
  gone: Gone = 'none',
  situation: Situation = calm,
): string {
  if (outcome === 'undone') return situation.short && gone === 'none' ? 'undone, below its count' : undoneWords[gone];
  if (outcome === 'held') {
    const stopped = direction === 'do' ? stoppedWords(situation.stops) : undefined;
    if (stopped !== undefined) return stopped;
    if (situation.rejected) return 'rejected, nothing done';
    const held = tier === 'page' ? 'held, needs you' : 'held until you look';
    return direction === 'undo' ? `${lifting(situation)} ${held}` : held;
  }
  if (direction === 'undo')
    return outcome === 'not-contained' ? `${lifting(situation)} did NOT finish` : doWords[outcome];
  if (outcome === 'contained' || outcome === 'degraded') return containedWords(outcome, situation);
  if (outcome === 'observed' && situation.changed) return 'seen, nothing contained';
  return situation.breached && outcome === 'not-contained' ? 'containment did not hold' : doWords[outcome];
}

/** ASCII, at most 99 characters, one line; the first 40 hold what to do and about what. */
export function subjectFor(tier: Tier | 'none', about: About, words: string): string {
  const prefix = prefixOf(tier);
  const name = shortName(about.name, glance - prefix.length - 1);
  const digest = about.digest === null ? '' : ` ${shortDigest(about.digest)}`;
  return ascii(`${prefix} ${name} ${words},${digest} ${about.region} ${about.account}`, longest);
}

/** What one part of a text message holds, with room for what a carrier puts in front. */
const onePart = 140;

/**
 * The first 140 characters, all in the basic GSM-7 table, which say by themselves what to do, about what, and where.
 * Every message begins with it: SNS sends that line to phones.
 */
export function smsText(tier: Tier | 'none', about: About, words: string): string {
  const digest = about.digest === null ? '' : ` ${shortDigest(about.digest)}`;
  const tail = ` ${words}.${digest} ${about.region} ${about.account}`;
  const prefix = prefixOf(tier);
  return gsm(`${prefix} ${shortName(about.name, onePart - prefix.length - tail.length - 1)}${tail}`, onePart);
}
