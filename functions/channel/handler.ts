import { systemClock } from '../../shared/platform/clock.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { createLog } from '../../shared/platform/log.ts';
import { queueOrders } from '../../shared/platform/ordersQueue.ts';
import { storeParameters } from '../../shared/platform/parameters.ts';
import { postOnce } from '../../shared/platform/post.ts';
import { rawTopic } from '../../shared/platform/topics.ts';
import { type BatchResult, channel, type ReceivedMessage } from '../../shared/respond/channel/channel.ts';
import type { ChannelEffects } from '../../shared/respond/channel/effects.ts';
import { topicsOf } from '../effects.ts';
import { base, channels, topics } from '../environment.ts';

const env = readEnv({ ...base, ...topics, ...channels });
const region = env.AWS_REGION;
const effects: ChannelEffects = {
  stage: env.STAGE,
  log: createLog('channel'),
  clock: systemClock,
  parameters: storeParameters({ region }),
  orders: queueOrders({ region, queueUrl: env.CHANNEL_QUEUE }),
  publisher: topicsOf(env),
  chat: rawTopic({ region, topic: env.CHAT_TOPIC }),
  post: postOnce,
  tiers: { [env.PAGE_TOPIC]: 'page', [env.NOTICE_TOPIC]: 'notice', [env.DIGEST_TOPIC]: 'digest' },
  kept: {},
};

interface Batch {
  readonly Records: readonly ReceivedMessage[];
}

export const handler = lambdaHandler<Batch, BatchResult>(effects.log, ({ Records }) => channel(effects, Records));
