import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

/** A queue that a function feeds itself. */
export interface Orders {
  /** All of them, or it throws: ten at the most, 1 MiB together. */
  send(bodies: readonly string[]): Promise<void>;
  /** Hides a message that was received for so many seconds more. */
  hide(receiptHandle: string, seconds: number): Promise<void>;
}

export function queueOrders(config: AwsConfig & { readonly queueUrl: string }): Orders {
  const { queueUrl: QueueUrl } = config;
  const ready = once(async () => {
    const sqs = await import('./sdk/sqs.ts');
    return { sqs, client: new sqs.SQSClient(clientConfig(config)) };
  });
  return {
    send: async (bodies) => {
      const { sqs, client } = await ready();
      const Entries = bodies.map((MessageBody, n) => ({ Id: String(n), MessageBody }));
      const { Failed = [] } = await throttled(() =>
        client.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries })),
      );
      const [first] = Failed;
      if (first !== undefined) throw new Error(`SQS did not take ${Failed.length} of ${bodies.length}: ${first.Code}`);
    },
    hide: async (ReceiptHandle, seconds) => {
      const { sqs, client } = await ready();
      const VisibilityTimeout = Math.round(seconds);
      await throttled(() =>
        client.send(new sqs.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout })),
      );
    },
  };
}
