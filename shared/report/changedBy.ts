import type { Target } from '../actions/contract.ts';
import type { CallByOther, ChangedBy } from '../incident/changedBy.ts';
import type { Receipt } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import { plain, shellWord, timeText } from './text.ts';

/** What somebody else wrote, between quotes that it cannot close: it may read like a sentence of ours. */
const quoted = (text: string): string => `"${plain(text, 300).replaceAll('"', "'")}"`;

const callText = ({ call, at, who, from }: CallByOther): string =>
  `${plain(call, 100)} at ${timeText(at)} by ${quoted(who)}${from === null ? '' : ` from ${quoted(from)}`}`;

/** How anybody with the right to asks CloudTrail again, in the account of the target. */
const askAgain = ({ account, region }: Pick<Target, 'account' | 'region'>, { since, asked }: ChangedBy): string =>
  asked
    .map(
      (name) =>
        `aws cloudtrail lookup-events --region ${shellWord(plain(region, 50))} --start-time ${shellWord(timeText(since))} --lookup-attributes AttributeKey=EventName,AttributeValue=${shellWord(plain(name, 100))}`,
    )
    .map((command, n) => (n === 0 ? `In account ${plain(account, 20)}: ${command}` : command))
    .join(' ; ');

/** Who has changed what we had changed, as CloudTrail shows it, a line each; or why that is not known, and how to ask. */
export function changedByLines(changedBy: ChangedBy, target: Pick<Target, 'account' | 'region'>): readonly string[] {
  const { since, calls, more, missing } = changedBy;
  if (calls.length > 0) {
    return [
      `CloudTrail shows these calls of others on it since ${timeText(since)}, the latest first:`,
      ...calls.map(callText),
      ...(more === 0 ? [] : [`and ${more} more`]),
      ...(missing === null ? [] : [`There may be others: ${plain(missing, 200)}.`]),
    ];
  }
  const why =
    missing === null
      ? 'CloudTrail does not show yet who did it: calls appear there after about 5 minutes, some after 15.'
      : `Who did it is not known. CloudTrail was asked: ${plain(missing, 200)}.`;
  return [`${why} ${askAgain(target, changedBy)}`];
}

/** Of all that others have changed, each thing once. */
export const whoChangedIt = ({ steps }: Pick<Plan, 'steps'>, receipts: readonly Receipt[]): readonly string[] => [
  ...new Set(
    steps.flatMap(({ key, target }) => {
      const changedBy = receipts.find((one) => one.key === key)?.changedBy;
      return changedBy === undefined ? [] : changedByLines(changedBy, target);
    }),
  ),
];
