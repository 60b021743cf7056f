import { Throttled } from './errors.ts';
import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

/** An event of our own, for the account's default bus. */
export interface OwnEvent {
  readonly source: string;
  readonly type: string;
  readonly detail: unknown;
}

export interface EventBus {
  /** Throws Throttled where some were not taken: those that were come again with a repeat. */
  put(events: readonly OwnEvent[]): Promise<void>;
}

/** PutEvents takes so many at once. */
const mostAtOnce = 10;
const attempts = 3;

/** EventBridge is loaded when the first event is put. */
export function eventBus(config: AwsConfig): EventBus {
  const ready = once(async () => {
    const module = await import('./sdk/eventbridge.ts');
    return { ...module, client: new module.EventBridgeClient(clientConfig(config)) };
  });
  return {
    put: async (events) => {
      if (events.length === 0) return;
      const { client, PutEventsCommand } = await ready();
      let left = events.map(({ source, type, detail }) => ({
        ...{ Source: source, DetailType: type, Detail: JSON.stringify(detail) },
      }));
      for (let attempt = 0; attempt < attempts && left.length > 0; attempt += 1) {
        const failed: typeof left = [];
        for (let at = 0; at < left.length; at += mostAtOnce) {
          const part = left.slice(at, at + mostAtOnce);
          const { Entries = [] } = await throttled(() => client.send(new PutEventsCommand({ Entries: part })));
          // Each succeeds or fails by itself, and the answer is still 200.
          failed.push(...part.filter((_, n) => Entries[n]?.EventId === undefined));
        }
        left = failed;
      }
      if (left.length > 0) throw new Throttled(`EventBridge did not take ${left.length} of ${events.length} events`);
    },
  };
}
