import type { Message } from '../incident/items.ts';
import type { Lease } from '../incident/leases.ts';
import { aboutKey } from './about.ts';
import { commandFor } from './command.ts';
import { smsText, subjectFor } from './subject.ts';
import { firstOf, plain } from './text.ts';

/**
 * What a person can do about a lease, a line each.
 * @param takesVersion whether some of what stands can be put on a version that is named
 */
export const leaseChoices = (incident: string, stage: string, takesVersion: boolean): readonly string[] => [
  `It stays until somebody lets it go: ${commandFor('keep', incident, stage)} --reason "…"`,
  `Ask again later: ${commandFor('extend', incident, stage)} --for 7d --reason "…"`,
  `It is fixed: ${commandFor('release', incident, stage)}${takesVersion ? ' --to FAMILY:REVISION' : ''} --reason "…"`,
  `It was a false alarm: ${commandFor('undo', incident, stage)}`,
];

/** Of what has just been contained: until when, and what becomes of it then. */
export function leaseLines(lease: Lease | null): readonly string[] {
  if (lease === null) return [];
  const { expiresAt, decided } = lease;
  if (expiresAt === null)
    return [`It stays contained until somebody lets it go: decided by ${plain(decided?.by ?? '', 200)}.`];
  return [
    `Its lease ends ${expiresAt}: a notice asks before then whether it stays so. It does until somebody lets it go, also where nobody answers.`,
  ];
}

/** The question before the end of a lease, and what is said when nobody has answered it. */
export function composeLease({
  incident,
  expiresAt,
  over,
  standing,
  takesVersion,
  now,
  stage,
}: {
  readonly incident: string;
  readonly expiresAt: string;
  /** It has ended, with no answer. */
  readonly over: boolean;
  /** What stands, a sentence each. */
  readonly standing: readonly string[];
  /** Some of it can be put on a version that is named. */
  readonly takesVersion: boolean;
  readonly now: Date;
  readonly stage: string;
}): Pick<Message, 'subject' | 'body'> {
  const about = aboutKey(incident);
  const words = over ? 'lease is over, it stays contained' : 'contained, its lease ends soon';
  const lines = [
    smsText('notice', about, words),
    '',
    'What is asked',
    over
      ? `The lease of this containment ended ${expiresAt}, and nobody has answered. Nothing was released: it stays contained, and you are told of it once a week until somebody decides.`
      : `The lease of this containment ends ${expiresAt}. Nothing is released then by itself: decide whether it stays.`,
    '',
    'What stands',
    ...firstOf(standing, 20),
    '',
    'What you can do',
    ...leaseChoices(incident, stage, takesVersion),
    commandFor('incidents show', incident, stage),
    '',
    `Incident ${plain(incident, 600)}\n${now.toISOString()}, Firebreak ${plain(stage, 50)}`,
  ];
  return { subject: subjectFor('notice', about, words), body: lines.join('\n') };
}
