import type { Scenario } from '../scenario.ts';
import { blockedAddress } from './blockedAddress.ts';
import { calledFunction } from './calledFunction.ts';
import { deniedAddress } from './deniedAddress.ts';
import { drainedHost } from './drainedHost.ts';
import { drainedNode } from './drainedNode.ts';
import { failedAssociation } from './failedAssociation.ts';
import { keptImage } from './keptImage.ts';
import { type Layer, scenarioOf } from './layer.ts';
import { leakedKey } from './leakedKey.ts';
import { limitedRole } from './limitedRole.ts';
import { minedHost } from './minedHost.ts';
import { movableTags } from './movableTags.ts';
import { movedSecret } from './movedSecret.ts';
import { oldMetadata } from './oldMetadata.ts';
import { openPort } from './openPort.ts';
import { outdatedPlatform } from './outdatedPlatform.ts';
import { overdueSecret } from './overdueSecret.ts';
import { partnerThreat } from './partnerThreat.ts';
import { podOfHost } from './podOfHost.ts';
import { privilegedTask } from './privilegedTask.ts';
import { readSecret } from './readSecret.ts';
import { roleOfPod } from './roleOfPod.ts';
import { routedTask } from './routedTask.ts';
import { servedTask } from './servedTask.ts';
import { shellInPod } from './shellInPod.ts';
import { takenRole } from './takenRole.ts';
import { unloggedTask } from './unloggedTask.ts';
import { unscannedPushes } from './unscannedPushes.ts';
import { unseenCluster } from './unseenCluster.ts';

/** Each with a scenario of its name. */
export const layers: readonly Layer[] = [
  privilegedTask,
  movableTags,
  unscannedPushes,
  keptImage,
  overdueSecret,
  readSecret,
  leakedKey,
  movedSecret,
  servedTask,
  takenRole,
  limitedRole,
  blockedAddress,
  minedHost,
  drainedHost,
  failedAssociation,
  oldMetadata,
  outdatedPlatform,
  unseenCluster,
  unloggedTask,
  routedTask,
  openPort,
  deniedAddress,
  partnerThreat,
  calledFunction,
  shellInPod,
  drainedNode,
  roleOfPod,
  podOfHost,
];

export const layerScenarios: readonly Scenario[] = layers.map(scenarioOf);

/** The layer of that name. Throws where there is none. */
export function layerNamed(name: string): Layer {
  const found = layers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no layer ${name}`);
  return found;
}
