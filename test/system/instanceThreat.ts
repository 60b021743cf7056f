import type { JsonObject } from '../../shared/platform/json.ts';
import type { Stage } from './stage.ts';
import { threatNow } from './threatNow.ts';

/** GuardDuty finds now that an instance asks for a pool of miners. */
export const instanceThreat = (stage: Stage, instance: string): JsonObject =>
  threatNow(stage, 'guardduty-instance-bitcoin-dns', { 'i-0ab12cd34ef567890': instance });
