import type { PublishedMessage } from '../../sandbox/services/sns/topics.ts';
import { expectThat } from './scenario.ts';
import type { Image, Pulled, Theatre } from './theatre.ts';

/** `page`, `notice` or `digest`, from the topic's name. */
export const tierOf = ({ topicArn }: PublishedMessage): string => topicArn.slice(topicArn.lastIndexOf('-') + 1);

/** From CloudWatch, not from a run. */
export const isAlarm = ({ subject }: PublishedMessage): boolean => subject?.startsWith('ALARM') === true;

/** A message as it is shown in the timeline: its tier and subject. EventBridge publishes JSON without one. */
export const shown = (message: PublishedMessage): string =>
  `${tierOf(message)}: ${message.subject ?? `(no subject) ${message.message.replace(/[{}"\\]/g, '').slice(0, 120)}`}`;

export const short = (digest: string): string => digest.slice('sha256:'.length, 'sha256:'.length + 12);

/** Both pulls of an image, as lines. Throws NotAsTold when one came out otherwise. */
export function expectPull({ repository, tag, digest }: Image, pulled: Pulled, answer: string): readonly string[] {
  expectThat(pulled.tag === answer, `the pull of ${repository}:${tag} answered ${pulled.tag}`);
  expectThat(pulled.digest === answer, `the pull of ${digest} answered ${pulled.digest}`);
  return [`pull of ${repository}:${tag}: ${pulled.tag}`, `pull of sha256:${short(digest)}: ${pulled.digest}`];
}

/** What was heard since, in the tiers that were expected: each subject, and these sections. Throws NotAsTold where it was otherwise. */
export function expectHeard(
  theatre: Pick<Theatre, 'heard'>,
  tiers: string,
  sections: readonly string[] = [],
): readonly string[] {
  const messages = theatre.heard();
  const heard = messages.map(tierOf).join();
  expectThat(heard === tiers, `messages: ${heard || 'none'}, not ${tiers || 'none'}`);
  return messages.flatMap((one) => [
    shown(one),
    ...sections.flatMap((heading) => section(one, heading).map((line) => `  ${line}`)),
  ]);
}

/** Lines of a message's section, from its heading to the next empty line. */
export function section(message: PublishedMessage, heading: string): readonly string[] {
  const lines = message.message.split('\n');
  const from = lines.indexOf(heading);
  if (from < 0) return [];
  const to = lines.indexOf('', from);
  return lines.slice(from + 1, to < 0 ? undefined : to);
}
