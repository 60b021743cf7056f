import type { Message, PersonDecision } from '../incident/items.ts';
import type { OpenPage } from '../incident/openPage.ts';
import type { Escalates } from '../plan/plan.ts';
import { aboutKey } from './about.ts';
import { commandFor } from './command.ts';
import { smsText, subjectFor } from './subject.ts';
import { ascii, cut, gsm, plain } from './text.ts';

const inMinutes = (seconds: number): string => `${Math.round(seconds / 60)} minutes`;
const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** What becomes of a page that nobody acknowledges; none where it is sent once. */
export function goesOnLines(escalates: Escalates | null, incident: string, stage: string): readonly string[] {
  if (escalates === null) return [];
  return [
    `Say that you have it: ${commandFor('acknowledge', incident, stage)}`,
    `Until somebody does, it goes on to the next after ${inMinutes(escalates.afterSeconds)}, ${times(escalates.times)} at the most. Whoever decides about it has it, too.`,
  ];
}

const prefix = 'GET UP: ';
/** As long as a subject and a text message may be: see `subject.ts`. */
const longestSubject = 99;
const onePart = 140;

/** The same with what is new right behind what to do: the name stays within what a phone shows. */
const unanswered = (line: string): string =>
  `${prefix}unanswered, ${line.slice(line.startsWith(prefix) ? prefix.length : 0)}`;

/** A page that has gone on, from the one that nobody acknowledged. */
export function composeGoneOn(
  { subject, body }: Pick<Message, 'subject' | 'body'>,
  { at, level, next }: OpenPage,
  incident: string,
  stage: string,
): Pick<Message, 'subject' | 'body'> {
  const [first = ''] = body.split('\n', 1);
  return {
    subject: ascii(unanswered(subject), longestSubject),
    body: [
      gsm(unanswered(first), onePart),
      '',
      'Who has it in hand',
      `Nobody has acknowledged the page of ${at}. ${next === null ? 'It goes on to nobody else.' : `It goes on again at ${next}.`} It has gone on ${times(level)}.`,
      `Say that you have it: ${commandFor('acknowledge', incident, stage)}`,
      '',
      `The page of ${at}:`,
      '',
      body,
    ].join('\n'),
  };
}

/** That somebody has it, for everybody else who was woken. */
export function composeAcknowledged(
  { by, at, reason }: Pick<PersonDecision, 'by' | 'at' | 'reason'>,
  page: OpenPage,
  incident: string,
  stage: string,
): Pick<Message, 'subject' | 'body'> {
  const about = aboutKey(incident);
  // Of an ARN its last part: the whole of it is in the body.
  const words = `acknowledged by ${cut(ascii(by.slice(by.lastIndexOf('/') + 1), 200), 40)}`;
  const lines = [
    smsText('notice', about, words),
    '',
    'Who has it in hand',
    `${plain(by, 200)} has it since ${at}: ${plain(reason, 600)}`,
    `The page of ${page.at} goes on to nobody else. What was done is as that page says.`,
    '',
    `Incident ${plain(incident, 600)}\n${at}, Firebreak ${plain(stage, 50)}`,
  ];
  return { subject: subjectFor('notice', about, words), body: lines.join('\n') };
}
