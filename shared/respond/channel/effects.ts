import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Orders } from '../../platform/ordersQueue.ts';
import type { Parameters, Secrets } from '../../platform/parameters.ts';
import type { Posted, PostRequest } from '../../platform/post.ts';
import type { Topics } from '../../platform/topics.ts';
import type { Tier } from '../../rules/rule.ts';
import type { Channel } from './schema.ts';

/**
 * What the channels need of the world. No table, no rule set, no bucket: a message must arrive although everything else of Firebreak is broken.
 */
export interface ChannelEffects {
  readonly stage: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly parameters: Pick<Parameters, 'read' | 'put'> & Secrets;
  readonly orders: Orders;
  readonly publisher: Topics<Tier>;
  readonly chat: (notification: string) => Promise<void>;
  readonly post: (request: PostRequest) => Promise<Posted>;
  /** ARN of a topic -> its tier. */
  readonly tiers: { readonly [topicArn: string]: Tier };
  /** What a warm function keeps for some seconds. */
  readonly kept: {
    channels?: { readonly until: number; readonly inForce: Promise<InForce> };
    secrets?: Map<string, { readonly until: number; readonly value: string }>;
  };
}

/** The channels that decide who hears of a message. */
export interface InForce {
  readonly channels: readonly Channel[];
  /** Of the parameter: the version that they are from; null where there is none. */
  readonly version: number | null;
  /** A later version cannot be used, and why. */
  readonly broken: { readonly version: number; readonly wrong: string } | null;
}
