import { incidentHash } from '../../incident/keys.ts';
import type { Tier } from '../../rules/rule.ts';
import { machineFailureSubject } from '../subject.ts';
import { type ChannelMessage, cleanLines, headlineOf } from './message.ts';

type Fields = { readonly [name: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The object that a text holds as JSON; undefined where it holds none. */
export function fieldsIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function attribute({ MessageAttributes }: Fields, name: string): string | null {
  const given = isFields(MessageAttributes) ? MessageAttributes[name] : undefined;
  const value = isFields(given) ? textOf(given['Value']) : '';
  return value === '' ? null : value;
}

/** What is said of an incident by whoever sets no attributes: the state machine's own page, EventBridge, an alarm. */
interface Read {
  readonly incident?: string;
  readonly thread?: string;
  readonly outcome?: string;
}

function readFrom(subject: string, text: string): Read {
  if (subject === machineFailureSubject) {
    const incident = /^Incident: (.+)$/m.exec(text)?.[1];
    return incident === undefined ? {} : { incident };
  }
  const fields = fieldsIn(text);
  if (fields === undefined) return {};
  const alarm = textOf(fields['AlarmName']);
  if (alarm !== '') {
    const isOver = fields['NewStateValue'] === 'OK';
    return { thread: `alarm/${alarm}`.slice(0, 200), ...(isOver ? { outcome: 'alarm-over' } : {}) };
  }
  const incident = textOf(fieldsIn(textOf(fields[machineFailureSubject]))?.['incident']);
  return incident === '' ? {} : { incident };
}

interface Said {
  readonly text: string;
  readonly html?: string;
}

/** Ours may be there as HTML, too: then it comes to a queue as JSON with both (`textsByProtocol`). */
function saidIn(message: string): Said {
  const fields = message.startsWith('{"firebreak":"html"') ? fieldsIn(message) : undefined;
  const [text, html] = [fields?.['text'], fields?.['html']];
  return typeof text === 'string' && typeof html === 'string' ? { text, html } : { text: message };
}

/**
 * A message from SNS's notification (raw delivery is off). Attributes are not needed: without them it is a message of its own, as loud as the
 * topic that it came through. Undefined where the fields are no notification.
 */
export function messageFrom(fields: Fields, tier: Tier, stage: string): ChannelMessage | undefined {
  const [type, id, message] = [fields['Type'], textOf(fields['MessageId']), fields['Message']];
  if (type !== 'Notification' || id === '' || typeof message !== 'string') return undefined;
  const subject = textOf(fields['Subject']);
  const own = attribute(fields, 'id');
  const { text, html }: Said = own === null ? { text: message } : saidIn(message);
  const read = own === null ? readFrom(subject, text) : {};
  const incident = attribute(fields, 'incident') ?? read.incident ?? null;
  const hash = incident === null ? undefined : incidentHash(incident);
  return {
    // It becomes a header.
    id: (own ?? id).replace(/[^\x21-\x7e]/g, '?').slice(0, 400),
    at: textOf(fields['Timestamp']),
    stage,
    tier,
    headline: headlineOf(tier, subject, text),
    text: cleanLines(text, own !== null),
    incident: incident === null ? null : cleanLines(incident, false).replaceAll('\n', ' ').slice(0, 1_000),
    thread: attribute(fields, 'thread') ?? hash ?? read.thread ?? id,
    outcome: attribute(fields, 'outcome') ?? read.outcome ?? null,
    class: attribute(fields, 'class'),
    escalation: Number(/^[1-9]$/.exec(attribute(fields, 'escalation') ?? '')?.[0] ?? 0),
    telling: attribute(fields, 'telling'),
    ...(html === undefined ? {} : { html }),
  };
}
