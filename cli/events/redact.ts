import { parseEnvelope } from '../../shared/finding/envelope.ts';
import { parseEvent } from '../../shared/finding/registry.ts';
import { InvalidEvent } from '../../shared/platform/errors.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { canonicalJson, type Json } from '../../shared/platform/json.ts';
import { type Route, route } from '../explain/routes.ts';
import { watched } from './watched.ts';

/** Stands for a text of which no finding is made. */
export const redactedText = '[redacted]';

/** Of the envelope, which no sender fills with anything of theirs. */
const envelopeTexts: ReadonlySet<string> = new Set([
  'version',
  'id',
  'detail-type',
  'source',
  'account',
  'time',
  'region',
]);

const accessKey = /\b(AKIA|ASIA)([A-Z0-9]{16})\b/g;

/** The same for the same key, as long, and of letters that no key has. */
const withoutKeys = (text: string): string =>
  text.replace(accessKey, (key, kind: string) => `${kind}${sha256Hex(key).slice(0, 16)}`);

type Fields = { readonly [name: string]: unknown };
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All that is read of the JSON in GuardDuty's `additionalInfo.value`. */
const additionalKeys = ['sample', 'threatListName', 'threatName', 'threatNames'];

function additional(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (!isFields(value)) return redactedText;
    return JSON.stringify(Object.fromEntries(Object.entries(value).filter(([key]) => additionalKeys.includes(key))));
  } catch {
    return redactedText;
  }
}

/** The event with that JSON cut down to what is read of it: it is read as one text. */
function withoutAdditional(event: Fields): Fields {
  const { detail } = event;
  const service = isFields(detail) ? detail['service'] : undefined;
  const info = isFields(service) ? service['additionalInfo'] : undefined;
  if (!isFields(detail) || !isFields(service) || !isFields(info) || typeof info['value'] !== 'string') return event;
  const additionalInfo = { ...info, value: additional(info['value']) };
  return { ...event, detail: { ...detail, service: { ...service, additionalInfo } } };
}

/** All that a decision is made from, as text: the findings, or why there are none. */
function statement(event: unknown): string {
  try {
    // Findings are plain data; their types have optional fields, which Json's index signature does not take.
    return canonicalJson(parseEvent(parseEnvelope(event)) as unknown as Json);
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    return `${error.path}: ${error.message}`;
  }
}

/**
 * An event without what no finding is made of, and no rule of the template asks for: every other text is replaced, and what is not looked
 * into at all is emptied. Ids of access keys are replaced by others wherever they stand, the same for the same key. What is left
 * leads to the same findings, which is looked at for each event: null where it does not, or where the value is no event.
 */
export function redact(event: unknown, routes: readonly Route[]): Fields | null {
  if (!isFields(event)) return null;
  const watch = watched(withoutAdditional(event));
  statement(watch.value);
  route(routes, watch.value);
  const kept = watch.kept((text, key, within) => {
    const isKept =
      within === watch.original ? envelopeTexts.has(key) || watch.wasRead(within, key) : watch.wasRead(within, key);
    return isKept ? withoutKeys(text) : redactedText;
  }) as Fields;
  return statement(kept) === withoutKeys(statement(event)) ? kept : null;
}
