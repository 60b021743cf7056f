import { cutBytes } from './cutBytes.ts';
import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

export interface DeadLetters {
  /** The body as it came, with why it can never succeed and where in the event. */
  send(body: string, reason: string, path: string): Promise<void>;
}

/** SQS: body and attributes (names, types, values) together, since August 2025. */
const most = 1_048_576;
const longestAttribute = 1024;
/** What three attributes take at most, with their names and types. */
const forAttributes = 3 * longestAttribute + 512;

const text = (value: string): { DataType: 'String'; StringValue: string } => ({
  DataType: 'String',
  // SQS refuses an empty value and most control characters.
  StringValue: value.replace(/[^\x20-\x7e]/g, '?').slice(0, longestAttribute) || '-',
});

/**
 * A body that leaves no room for the reason is cut, with a note in the attribute `cut`: an event of 1 MiB that can never
 * succeed is of use to nobody whole, and without its reason to nobody at all.
 */
export function queueDeadLetters(config: AwsConfig & { readonly queueUrl: string }): DeadLetters {
  const ready = once(async () => {
    const sqs = await import('./sdk/sqs.ts');
    return { sqs, client: new sqs.SQSClient(clientConfig(config)) };
  });
  return {
    send: async (body, reason, path) => {
      const { sqs, client } = await ready();
      const { kept, bytes, all } = cutBytes(body, most - forAttributes);
      const cut = bytes === all ? {} : { cut: text(`the first ${bytes} of ${all} bytes`) };
      await throttled(() =>
        client.send(
          new sqs.SendMessageCommand({
            QueueUrl: config.queueUrl,
            // SQS takes no empty body.
            MessageBody: kept === '' ? ' ' : kept,
            MessageAttributes: { reason: text(reason), path: text(path), ...cut },
          }),
        ),
      );
    },
  };
}
