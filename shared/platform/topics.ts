import { cutBytes } from './cutBytes.ts';
import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { smsOf } from './sms.ts';
import { throttled } from './throttling.ts';

/** SNS: 262,144 bytes for the texts and the attributes; these leave room for the latter. */
const mostBytes = 250_000;
/** Each byte of a text may take six in JSON. */
const alwaysFits = 40_000;

/** What queues get of a message that is there as HTML, too: both, as JSON. */
const forQueues = (text: string, html: string): string => JSON.stringify({ firebreak: 'html', text, html });

/** A text for each protocol: phones get one line, queues the HTML as well, everybody else all of the text. */
const texts = (subject: string, body: string, html?: string): string =>
  JSON.stringify({
    default: body,
    sms: smsOf(subject, body),
    ...(html === undefined ? {} : { sqs: forQueues(body, html) }),
  });

/**
 * A text for each protocol. SNS refuses what is too large, and then nobody would be told: the HTML is left out then, and a text that is still too
 * large is cut, and says so.
 */
export function textsByProtocol(subject: string, body: string, html?: string): string {
  const both = texts(subject, body, html);
  if (Buffer.byteLength(both) <= mostBytes) return both;
  const whole = texts(subject, body);
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const { kept, all } = cutBytes(body, alwaysFits);
  return texts(subject, `${kept}\n\n(cut: the whole text has ${all} bytes, more than SNS takes)`);
}

/** What a message is about, for those who show it by incident: names and values. */
export type About = { readonly [name: string]: string };

/** An attribute that SNS refuses would take the message with it: what is none is left out. */
const attributes = (about: About) => {
  const fit = Object.entries(about).filter(([, value]) => /^[\x20-\x7e]{1,1000}$/.test(value));
  const made = fit.map(([name, value]) => [name, { DataType: 'String', StringValue: value }] as const);
  return made.length === 0 ? {} : { MessageAttributes: Object.fromEntries(made) };
};

/** Topics by name: `page`, `notice`, `digest`, or those of them that a function may publish to. */
export interface Topics<Name extends string> {
  /** @param html the same as `body`, for those who can show it */
  publish(topic: Name, subject: string, body: string, about?: About, html?: string): Promise<void>;
}

export function snsTopics<Name extends string>(
  config: AwsConfig & { readonly topics: { readonly [N in Name]: string } },
): Topics<Name> {
  const publish = snsPublish(config);
  return {
    publish: (topic, subject, body, about = {}, html) => {
      const message = { Subject: subject, Message: textsByProtocol(subject, body, html), MessageStructure: 'json' };
      return publish({ TopicArn: config.topics[topic], ...message, ...attributes(about) });
    },
  };
}

/** A topic whose subscribers read the message as it is: no subject, no text for each protocol. */
export function rawTopic(config: AwsConfig & { readonly topic: string }): (message: string) => Promise<void> {
  const publish = snsPublish(config);
  return (message) => publish({ TopicArn: config.topic, Message: message });
}

interface Publication {
  readonly TopicArn: string;
  readonly Message: string;
}

function snsPublish(config: AwsConfig): (message: Publication) => Promise<void> {
  const ready = once(async () => {
    const sns = await import('./sdk/sns.ts');
    return { sns, client: new sns.SNSClient(clientConfig(config)) };
  });
  return async (message) => {
    const { sns, client } = await ready();
    await throttled(() => client.send(new sns.PublishCommand(message)));
  };
}
