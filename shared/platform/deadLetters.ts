import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

export interface DeadLetters {
  /** The body as it came, with why it can never succeed and where in the event. */
  send(body: string, reason: string, path: string): Promise<void>;
}

export function queueDeadLetters(config: AwsConfig & { readonly queueUrl: string }): DeadLetters {
  const ready = once(async () => {
    const sqs = await import('./sdk/sqs.ts');
    return { sqs, client: new sqs.SQSClient(clientConfig(config)) };
  });
  const text = (value: string): { DataType: 'String'; StringValue: string } => ({
    DataType: 'String',
    // SQS refuses an empty value and most control characters.
    StringValue: value.replace(/[^\x20-\x7e]/g, '?').slice(0, 1024) || '-',
  });
  return {
    send: async (body, reason, path) => {
      const { sqs, client } = await ready();
      await throttled(() =>
        client.send(
          new sqs.SendMessageCommand({
            QueueUrl: config.queueUrl,
            MessageBody: body,
            MessageAttributes: { reason: text(reason), path: text(path) },
          }),
        ),
      );
    },
  };
}
