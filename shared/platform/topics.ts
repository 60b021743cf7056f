import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

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
      await throttled(() =>
        client.send(new sns.PublishCommand({ TopicArn: config.topics[topic], Subject: subject, Message: body })),
      );
    },
  };
}
