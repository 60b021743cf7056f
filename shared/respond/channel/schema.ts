import * as z from 'zod';
import { complaintsOf } from '../../rules/complaints.ts';
import { readDocument } from '../../rules/document.ts';
import type { Problem } from '../../rules/rule.ts';

const tiers = z
  .array(z.enum(['page', 'notice', 'digest']))
  .min(1, 'must name one tier at least: page, notice or digest')
  .readonly();
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,23}$/, 'must be a name of at most 24 small letters, digits and "-", a letter first');
/** From how often a page has gone on it is told here; then the channel is for pages alone. */
const escalation = z
  .int('must be a whole number')
  .min(1, 'must be at least 1: leave it out for what hears of a page at once')
  .max(5, 'must be at most 5')
  .exactOptional();
/** Checked against the stage below, where it is known. Never shown: somebody may have written the key itself. */
const key = z.string().min(1, 'is empty');

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === '';
}

const pagerduty = z.strictObject({
  name,
  kind: z.literal('pagerduty'),
  tiers,
  escalation,
  key,
  /** PagerDuty's service region, where the account is. */
  region: z.enum(['us', 'eu']).default('us'),
});
const webhook = z.strictObject({
  name,
  kind: z.literal('webhook'),
  tiers,
  escalation,
  key,
  url: z
    .string()
    .max(2_048)
    .refine(isAddress, 'must be an address that begins with https://, without a user, a password or a "#"'),
});
const chat = z.strictObject({ name, kind: z.literal('chat'), tiers, escalation });

const schema = z.strictObject({
  channels: z
    .array(
      z.discriminatedUnion('kind', [pagerduty, webhook, chat], {
        error: ({ code }) => (code === 'invalid_union' ? 'must be one of pagerduty, webhook, chat' : undefined),
      }),
    )
    .max(10, 'must be ten at the most')
    .readonly(),
});

export type Channel = z.infer<typeof schema>['channels'][number];

/** Where a stage keeps its channels, what is said of them, and the keys. */
export const channelPaths = (stage: string) => ({
  channels: `/firebreak/${stage}/channels`,
  status: `/firebreak/${stage}/channels-status`,
  keys: `/firebreak-keys/${stage}/`,
});

export type ReadChannels = { readonly channels: readonly Channel[] } | { readonly wrong: string };

/** A suggestion that repeats what is written there. */
const repeats = /^in brackets: /;

/** One sentence: the place, what is wrong, what to do. Nothing of a value is in it. */
const sentence = ({ line, message, suggestion }: Problem, more: number): string =>
  [`Line ${line}: ${message}`, ...(suggestion === '' || repeats.test(suggestion) ? [] : [suggestion])].join('; ') +
  (more === 0 ? '.' : `; and ${more} more.`);

/** The channels of a stage from the text of its parameter. */
export function readChannels(text: string, stage: string): ReadChannels {
  const paths = channelPaths(stage);
  const document = readDocument({ path: paths.channels, text });
  if (!('value' in document)) {
    const [first] = document;
    return { wrong: first === undefined ? 'It cannot be read.' : sentence(first, document.length - 1) };
  }
  const parsed = schema.safeParse(document.value, { reportInput: true });
  const complaints = parsed.success
    ? wrongTogether(parsed.data.channels, paths.keys)
    : complaintsOf(parsed.error, '', schema);
  const [first] = complaints.map(document.problem);
  if (first !== undefined) return { wrong: sentence(first, complaints.length - 1) };
  return { channels: parsed.data?.channels ?? [] };
}

function wrongTogether(channels: readonly Channel[], keys: string) {
  return channels.flatMap((channel, at) => {
    const path = `channels[${at}]`;
    const twice = channels.findIndex((other) => other.name === channel.name) < at;
    const isLate = channel.escalation !== undefined && channel.tiers.some((tier) => tier !== 'page');
    const isElsewhere = 'key' in channel && !isKeyName(channel.key, keys);
    return [
      ...(twice ? [complaint(`${path}.name`, `"${channel.name}" is the name of another channel, too`)] : []),
      ...(isLate
        ? [
            complaint(
              `${path}.escalation`,
              'is of pages, which alone go on: tiers must be [page]; or leave escalation out',
            ),
          ]
        : []),
      ...(isElsewhere
        ? [
            complaint(
              `${path}.key`,
              `must be the name of a SecureString parameter below ${keys}, which holds the key; never the key itself`,
            ),
          ]
        : []),
    ];
  });
}

const complaint = (path: string, message: string) => ({ code: 'value' as const, path, message });

const isKeyName = (given: string, keys: string): boolean =>
  given.startsWith(keys) && /^[A-Za-z0-9_.-]{1,100}$/.test(given.slice(keys.length));
