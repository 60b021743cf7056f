import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

export interface TopicArns {
  readonly page: string;
  readonly notice: string;
  readonly digest: string;
}

export interface Topics {
  publish(tier: keyof TopicArns, subject: string, body: string): Promise<void>;
}

export function snsTopics(config: AwsConfig & { readonly topics: TopicArns }): Topics {
  const ready = once(async () => {
    const sns = await import('./sdk/sns.ts');
    return { sns, client: new sns.SNSClient(clientConfig(config)) };
  });
  return {
    publish: async (tier, subject, body) => {
      const { sns, client } = await ready();
      await throttled(() =>
        client.send(new sns.PublishCommand({ TopicArn: config.topics[tier], Subject: subject, Message: body })),
      );
    },
  };
}
