import { accountChecks } from './account/removedChecks.ts';
import { actionChecks } from './actions/removedChecks.ts';
import { commandChecks } from './cli/removedChecks.ts';
import { incidentChecks } from './incident/removedChecks.ts';
import type { RemovedCheck } from './removedCheck.ts';
import { actChecks } from './respond/removedActChecks.ts';
import { runChecks } from './respond/removedRunChecks.ts';
import { sandboxChecks } from './sandbox/removedChecks.ts';

/** Every safety check with the test that fails without it; `node tools/removed-checks.ts` proves each. */
export const removedChecks: readonly RemovedCheck[] = [
  ...accountChecks,
  ...actionChecks,
  ...commandChecks,
  ...incidentChecks,
  ...actChecks,
  ...runChecks,
  ...sandboxChecks,
];
