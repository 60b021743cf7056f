import type { JsonObject } from '../../shared/platform/json.ts';
import type { Stage } from './stage.ts';
import { threatNow } from './threatNow.ts';

/** GuardDuty finds now that a function talks to a command-and-control server. */
export const functionThreat = (stage: Stage, name: string, id = '1ac1a2b3c4d5e6f708192a3b4c5d6e7f'): JsonObject =>
  threatNow(stage, 'guardduty-lambda-c2', { 'img-resize': name }, id);
