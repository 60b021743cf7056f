import type { JsonObject } from '../../shared/platform/json.ts';
import type { Stage } from './stage.ts';
import { threatNow } from './threatNow.ts';

/** GuardDuty finds now that somebody at an address tries the passwords of a host. */
export const addressThreat = (
  stage: Stage,
  host: string,
  from: string,
  id = 'd6c1a2b3c4d5e6f708192a3b4c5d6e70',
): JsonObject =>
  threatNow(stage, 'guardduty-instance-brute-force', { 'i-0ab12cd34ef567890': host, '198.51.100.23': from }, id);
