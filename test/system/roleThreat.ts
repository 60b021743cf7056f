import type { JsonObject } from '../../shared/platform/json.ts';
import type { Stage } from './stage.ts';
import { threatNow } from './threatNow.ts';

const task = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** GuardDuty finds now that credentials of a role, which a task of this id had, are used from outside of AWS. */
export const roleThreat = (
  stage: Stage,
  role: string,
  { session = task, id = '1bc1a2b3c4d5e6f708192a3b4c5d6e7f' } = {},
): JsonObject =>
  threatNow(stage, 'guardduty-task-role-exfiltrated', { 'checkout-task-role': role, [task]: session }, id);
