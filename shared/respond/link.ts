import type { Message } from '../incident/items.ts';
import { newSecret } from '../incident/links.ts';
import type { Effects } from './effects.ts';

/** Long enough for a night, and for whoever reads it in the morning. */
const linkHours = 12;

/** A page brings a link of its own, where there is a console: bound to the incident and to what the page asks. */
export function linked(
  { consoleUrl, newId }: Pick<Effects, 'newId' | 'consoleUrl'>,
  message: Message,
  plan: string | null,
): Message {
  if (consoleUrl === undefined || message.tier !== 'page') return message;
  const secret = newSecret(newId);
  const until = new Date(Date.parse(message.at) + linkHours * 3_600_000).toISOString();
  return { ...message, link: { secret, plan, until } };
}
