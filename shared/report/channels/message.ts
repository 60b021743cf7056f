import type { Tier } from '../../rules/rule.ts';
import { cut, plain } from '../text.ts';

/** What came through one of the topics, as the formats of the channels need it. Its texts are clean: see `cleanLines`. */
export interface ChannelMessage {
  /** Firebreak's own id of it, else that of SNS: the same for a repeat of the same delivery. */
  readonly id: string;
  /** When it was published, ISO. */
  readonly at: string;
  readonly stage: string;
  readonly tier: Tier;
  /** One line; its first 40 characters say whether to get up. */
  readonly headline: string;
  /** Lines of plain text, `longestText` characters at the most. */
  readonly text: string;
  /** Key of the incident; null where it is about none, or about one that cannot be named. */
  readonly incident: string | null;
  /** The same for all messages of one incident. */
  readonly thread: string;
  readonly outcome: string | null;
  readonly class: string | null;
  /** How often a page has gone on because nobody acknowledged it; 0 of anything else. */
  readonly escalation: number;
  /** The channel that did not take another message, of which this one tells; null of every other message. */
  readonly telling: string | null;
  /** The same text for mail programs, as Firebreak made it; absent of what is text alone. */
  readonly html?: string;
}

/** Ten of these, each at most three bytes a character, fit into one batch of SQS (1 MiB). */
export const longestText = 24_000;
const longestHeadline = 1_024;

const cutNote = '\n(cut: all of it is in the mail, and in: firebreak incidents show)';
/** Control, format (bidi, zero width), separators, private, unassigned, lone surrogates: all but the line break. */
const unprintable = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu;
const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** A text of ours: what was seen has been made plain when it was composed, so that links in it are ours. */
const ours = (text: string): string => text.replaceAll('\t', ' ').replace(unprintable, escaped);

/** A text of somebody else (an alarm, an event): no link of it is one. */
const theirs = (text: string): string =>
  text
    .split('\n')
    .map((line) => plain(line, longestText + 1))
    .join('\n');

/** Lines without anything that a screen would obey, of `longestText` characters at the most. */
export function cleanLines(text: string, isOurs: boolean): string {
  const begin = text.slice(0, longestText * 2).replace(/\r\n?/g, '\n');
  const clean = isOurs ? ours(begin) : theirs(begin);
  const whole = clean.length <= longestText && text.length <= longestText * 2;
  return whole ? clean : `${cut(clean, longestText - cutNote.length)}${cutNote}`;
}

const verdicts: Readonly<Record<Tier, string>> = { page: 'GET UP: ', notice: 'NO ACTION: ', digest: 'NO ACTION: ' };
/** EventBridge's own words of a run that died: a JSON object whose first name is what a phone shows. */
const firstName = /^\{"(GET UP: [^"\\]{1,200})"/;

/** What `firebreak page test` sends through each topic: nobody is to get up for it, also where pages come through. */
const test = /^TEST, NO ACTION: /;

/** What to do stands first, whoever wrote the message: a page is to be got up for, and nothing else is, whatever its text says. */
export function headlineOf(tier: Tier, subject: string, text: string): string {
  const [first = ''] = text.split('\n', 1);
  const lines = [firstName.exec(first)?.[1] ?? first, subject];
  const said = lines.find((line) => line.startsWith(verdicts[tier])) ?? (test.test(subject) ? subject : undefined);
  return plain(said ?? `${verdicts[tier]}${subject === '' ? first : subject}`, longestHeadline);
}
