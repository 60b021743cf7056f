import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

/** SMS takes 1,600 characters at most, in parts of 140 bytes that are paid one by one. */
const longestSms = 1_600;

/** A text for each protocol: phones get the first line, which is a whole message, everybody else all of it. */
export const textsByProtocol = (body: string): string =>
  JSON.stringify({ default: body, sms: body.slice(0, longestSms).split('\n', 1).join() });

/** Topics by name: `page`, `notice`, `digest`, or those of them that a function may publish to. */
export interface Topics<Name extends string> {
  publish(topic: Name, subject: string, body: string): Promise<void>;
}

export function snsTopics<Name extends string>(
  config: AwsConfig & { readonly topics: { readonly [N in Name]: string } },
): Topics<Name> {
  const ready = once(async () => {
    const sns = await import('./sdk/sns.ts');
    return { sns, client: new sns.SNSClient(clientConfig(config)) };
  });
  return {
    publish: async (topic, subject, body) => {
      const { sns, client } = await ready();
      const message = { Subject: subject, Message: textsByProtocol(body), MessageStructure: 'json' };
      await throttled(() => client.send(new sns.PublishCommand({ TopicArn: config.topics[topic], ...message })));
    },
  };
}
