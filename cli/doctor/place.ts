import { once } from '../../shared/platform/once.ts';
import type { StageConnection } from '../stage.ts';
import { type Detector, readDetector } from './detector.ts';
import { type EventRule, readEventRules } from './eventRules.ts';
import { type Queue, readQueues } from './queues.ts';
import { readStack, type StackResource } from './stack.ts';

/** A deployed stage, and what several checks look at: each is read once, and a refusal is told by every check that needs it. */
export interface Place {
  readonly stage: StageConnection;
  /** Everything that the deployment has made. */
  readonly stack: () => Promise<readonly StackResource[]>;
  /** The rules of EventBridge among it. */
  readonly eventRules: () => Promise<readonly EventRule[]>;
  /** The queues among it. */
  readonly queues: () => Promise<readonly Queue[]>;
  /** GuardDuty's detector in the stage's Region; undefined: there is none. */
  readonly detector: () => Promise<Detector | undefined>;
}

export function placeOf(stage: StageConnection): Place {
  const stack = once(() => readStack(stage));
  const eventRules = once(async () => readEventRules(stage, await stack()));
  const queues = once(async () => readQueues(stage, await stack()));
  return { stage, stack, eventRules, queues, detector: once(() => readDetector(stage)) };
}
