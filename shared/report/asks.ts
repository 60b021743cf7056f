import type { Answer, Approved, Asks } from '../plan/plan.ts';
import { commandFor } from './command.ts';
import { firstOf, plain, shellWord } from './text.ts';

const most = 10;
const longest = 600;

/** What becomes of it without an answer, one sentence. */
export function unanswered({ until, onTimeout, late, least }: Asks): string {
  if (until === null) return 'It waits until somebody answers.';
  if (late === true) return `Nobody had answered by ${until}. It stays as it is; you can still approve it.`;
  const then: Readonly<Record<Asks['onTimeout'], string>> = {
    proceed: 'it is done',
    minimum:
      least.length === 0
        ? 'nothing is done, and it waits on'
        : `the least of it is done (${plain(least.join(' '), longest)})`,
    hold: 'nothing is done, and it waits on',
  };
  return `If nobody answers by ${until}, ${then[onTimeout]}.`;
}

/** The commands that answer, and what becomes of it without an answer. An answer is bound to what was asked. */
export function asksLines(asks: Asks, incident: string, stage: string): readonly string[] {
  const answer = (command: 'approve' | 'reject', more = ''): string =>
    `${commandFor(command, incident, stage)} --plan ${shellWord(asks.hash)}${more}`;
  const least = firstOf(asks.least, most, longest);
  return [
    `Approve: ${answer('approve')}`,
    ...(least.length === 0 ? [] : [`Only the least (${least.join(' ')}): ${answer('approve', ' --only minimum')}`]),
    `Reject: ${answer('reject', ' --reason "…"')}`,
    ...(asks.twoPeople === true
      ? ['Two people must approve it, each by that command with credentials of their own, or signed in to the console.']
      : []),
    unanswered(asks),
    'What comes out differently by the time that you answer is not done, and asked again.',
  ];
}

const approvedLine = ({ how, by, at, reason, only }: Approved): string =>
  how === 'person'
    ? `${only === undefined ? 'Approved' : 'The least of it was approved'} by ${plain(by, 200)}, ${plain(at, 40)}: ${plain(reason, longest)}`
    : `${only === undefined ? 'Done' : 'The least of it was done'} without an answer: ${plain(reason, longest)} (${plain(at, 40)}).`;

/** Who answered, and what. */
export const answerLines = (approved: readonly Approved[] = [], rejected?: Answer): readonly string[] => [
  ...approved.map(approvedLine),
  ...(rejected === undefined
    ? []
    : [`Rejected by ${plain(rejected.by, 200)}, ${plain(rejected.at, 40)}: ${plain(rejected.reason, longest)}`]),
];
