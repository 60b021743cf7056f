import { blockAddress } from './blockAddress/blockAddress.ts';
import { closeIngress } from './closeIngress/closeIngress.ts';
import { containService } from './containService/containService.ts';
import type { Action } from './contract.ts';
import { deactivateAccessKey } from './deactivateAccessKey.ts';
import { denyAddress } from './denyAddress/denyAddress.ts';
import { drainHost } from './drainHost/drainHost.ts';
import { drainNode } from './drainNode/drainNode.ts';
import { enableContainerInsights } from './enableContainerInsights.ts';
import { enableScanning } from './enableScanning/enableScanning.ts';
import { evidenceCapture } from './evidenceCapture/evidenceCapture.ts';
import { fixTaskDefinition } from './fixTaskDefinition/fixTaskDefinition.ts';
import { isolateHost } from './isolateHost/isolateHost.ts';
import { limitRole } from './limitRole/limitRole.ts';
import { patchHosts } from './patchHosts/patchHosts.ts';
import { protectFromLifecycle } from './protectFromLifecycle/protectFromLifecycle.ts';
import { quarantineImage } from './quarantineImage/quarantineImage.ts';
import { reapplyAssociation } from './reapplyAssociation/reapplyAssociation.ts';
import { removeFromTraffic } from './removeFromTraffic/removeFromTraffic.ts';
import { requireImdsv2 } from './requireImdsv2.ts';
import { revokeRoleSessions } from './revokeRoleSessions/revokeRoleSessions.ts';
import { rotateSecret } from './rotateSecret.ts';
import { scaleWorkload } from './scaleWorkload.ts';
import { setTagImmutability } from './setTagImmutability.ts';
import { snapshotHostVolumes } from './snapshotVolumes/snapshotVolumes.ts';
import { stopInvocations } from './stopInvocations.ts';
import { stopTaskAction } from './stopTask.ts';
import { updatePlatformVersion } from './updatePlatformVersion/updatePlatformVersion.ts';

/** Every action, one line each. */
export const catalogue: readonly Action[] = [
  evidenceCapture,
  snapshotHostVolumes,
  removeFromTraffic,
  containService,
  stopTaskAction,
  protectFromLifecycle,
  quarantineImage,
  patchHosts,
  setTagImmutability,
  enableScanning,
  enableContainerInsights,
  stopInvocations,
  revokeRoleSessions,
  limitRole,
  rotateSecret,
  closeIngress,
  blockAddress,
  denyAddress,
  isolateHost,
  fixTaskDefinition,
  reapplyAssociation,
  scaleWorkload,
  drainNode,
  drainHost,
  deactivateAccessKey,
  requireImdsv2,
  updatePlatformVersion,
];

export const actionNamed = (name: string): Action | undefined => catalogue.find((action) => action.name === name);
