import { cut } from '../text.ts';
import type { ChannelMessage } from './message.ts';

/** Amazon Q Developer in chat applications, "Custom notifications": title at most 250 characters, description 8,000. */
const longestTitle = 250;
const longestDescription = 8_000;
const longestSummary = 250;

/**
 * What Slack, Teams or Chime would take for markup, by what it looks like and is not. Slack documents entities (`&lt;`) as its escape and Teams
 * shows them as they are; how often Amazon Q decodes on the way nobody documents: a letter that is no markup is none however often it is decoded.
 */
const lookAlikes: { readonly [markup: string]: string } = {
  '<': '‹',
  '>': '›',
  '*': '∗',
  '`': 'ˋ',
  '~': '∼',
  '|': '¦',
  '[': '［',
  ']': '］',
};
const markup = /[<>*`~|[\]]/g;
/** `@here`, `@ann`; not the one in `repository@sha256:…`, which is in commands that are pasted. */
const mention = /(?<![A-Za-z0-9])@/g;
/** `&lt;` would be a `<` once it is decoded. */
const entity = /&(?=#|[A-Za-z])/g;
/** `_this_`; not the one within `many_tags`. */
const emphasis = /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
/** `:fire:`; not what is in an ARN. */
const emoji = /(?<![A-Za-z0-9:]):(?=[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:)/gi;
/** What begins a heading, a quotation, a rule or a list. */
const lineStart = /^([ ]*)(#+|={2,}|-{2,}|\+{2,})/gm;

/** A text in which a chat application finds no markup, no mention and no link with other words than its own. */
export const chatText = (text: string): string =>
  text
    .replace(markup, (character) => lookAlikes[character] ?? character)
    .replace(mention, '＠')
    .replace(entity, '＆')
    .replace(emphasis, '＿')
    .replace(emoji, '∶')
    .replace(lineStart, (_all, blanks: string, mark: string) => `${blanks}‹${mark.length}›`);

/** A custom notification: the whole of the SNS message, in JSON. Its thread is the incident. */
export function chatNotification({ headline, text, thread, id, tier, outcome, stage }: ChannelMessage): string {
  // What says whether to get up is the title already.
  const rest = text.startsWith(headline) ? text.slice(headline.length).trimStart() : text;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: cut(chatText(headline), longestTitle),
      description: cut(chatText(rest === '' ? headline : rest), longestDescription),
      keywords: [tier, ...(outcome === null ? [] : [outcome])],
    },
    metadata: {
      threadId: thread,
      summary: cut(chatText(headline), longestSummary),
      eventType: tier,
      additionalContext: { stage },
    },
  });
}
