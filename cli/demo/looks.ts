import type { PublishedMessage } from '../../sandbox/services/sns/topics.ts';

/** `page`, `notice` or `digest`, from the topic's name. */
export const tierOf = ({ topicArn }: PublishedMessage): string => topicArn.slice(topicArn.lastIndexOf('-') + 1);

/** From CloudWatch, not from a run. */
export const isAlarm = ({ subject }: PublishedMessage): boolean => subject?.startsWith('ALARM') === true;

/** A message as it is shown in the timeline: its tier and subject, and on request its text. */
export function shown(message: PublishedMessage, withBody = false): readonly string[] {
  const head = `${tierOf(message)}: ${message.subject ?? message.message.slice(0, 120)}`;
  if (!withBody) return [head];
  return [head, ...message.message.split('\n').map((line) => `  | ${line}`)];
}

export const short = (digest: string): string => digest.slice('sha256:'.length, 'sha256:'.length + 12);

/** Lines of a message's section, from its heading to the next empty line. */
export function section(message: PublishedMessage, heading: string): readonly string[] {
  const lines = message.message.split('\n');
  const from = lines.indexOf(heading);
  if (from < 0) return [];
  const to = lines.indexOf('', from);
  return lines.slice(from + 1, to < 0 ? undefined : to);
}
