import { notationChecks } from './account/notation/removedChecks.ts';
import { accountChecks } from './account/removedChecks.ts';
import { ownerChecks } from './account/removedOwnerChecks.ts';
import { userChecks } from './account/removedUserChecks.ts';
import { workloadChecks } from './account/removedWorkloadChecks.ts';
import { memberChecks } from './actions/memberChecks.ts';
import { accessKeyChecks } from './actions/removedAccessKeyChecks.ts';
import { addressChecks } from './actions/removedAddressChecks.ts';
import { associationChecks } from './actions/removedAssociationChecks.ts';
import { capacityChecks } from './actions/removedCapacityChecks.ts';
import { actionChecks } from './actions/removedChecks.ts';
import { clusterChecks } from './actions/removedClusterChecks.ts';
import { containServiceChecks } from './actions/removedContainServiceChecks.ts';
import { denialChecks } from './actions/removedDenialChecks.ts';
import { drainChecks } from './actions/removedDrainChecks.ts';
import { drainHostChecks } from './actions/removedDrainHostChecks.ts';
import { enableScanningChecks } from './actions/removedEnableScanningChecks.ts';
import { evidenceChecks } from './actions/removedEvidenceChecks.ts';
import { fixDefinitionChecks } from './actions/removedFixDefinitionChecks.ts';
import { functionTargetChecks } from './actions/removedFunctionChecks.ts';
import { imdsv2Checks } from './actions/removedImdsv2Checks.ts';
import { groupChecks, ingressChecks } from './actions/removedIngressChecks.ts';
import { isolateChecks } from './actions/removedIsolateChecks.ts';
import { keepChecks } from './actions/removedKeepChecks.ts';
import { limitRoleChecks } from './actions/removedLimitRoleChecks.ts';
import { patchHostsChecks } from './actions/removedPatchHostsChecks.ts';
import { platformVersionChecks } from './actions/removedPlatformVersionChecks.ts';
import { podRoleChecks } from './actions/removedPodRoleChecks.ts';
import { quarantineChecks } from './actions/removedQuarantineChecks.ts';
import { referenceChecks } from './actions/removedReferenceChecks.ts';
import { registrationChecks } from './actions/removedRegistrationChecks.ts';
import { revokeSessionsChecks } from './actions/removedRevokeSessionsChecks.ts';
import { routerChecks } from './actions/removedRouterChecks.ts';
import { scaleChecks } from './actions/removedScaleChecks.ts';
import { secretChecks } from './actions/removedSecretChecks.ts';
import { snapshotChecks } from './actions/removedSnapshotChecks.ts';
import { trafficChecks } from './actions/removedTrafficChecks.ts';
import { doctorChecks } from './cli/doctor/removedChecks.ts';
import { gateFormChecks } from './cli/gate/removedChecks.ts';
import { commandChecks } from './cli/removedChecks.ts';
import { replayChecks } from './cli/replay/removedChecks.ts';
import { promoteChecks } from './cli/rules/removedChecks.ts';
import { conformanceChecks } from './conformance/removedChecks.ts';
import { activityChecks } from './finding/removedActivityChecks.ts';
import { findingChecks } from './finding/removedChecks.ts';
import { configChecks } from './finding/removedConfigChecks.ts';
import { hubChecks } from './finding/removedHubChecks.ts';
import { inspectorChecks } from './finding/removedInspectorChecks.ts';
import { threatChecks } from './finding/removedThreatChecks.ts';
import { functionChecks } from './functions/removedChecks.ts';
import { incidentChecks } from './incident/removedChecks.ts';
import { gateChecks } from './plan/gate/removedChecks.ts';
import { approvalChecks } from './plan/removedApprovalChecks.ts';
import { assembleChecks } from './plan/removedAssembleChecks.ts';
import { causeChecks } from './plan/removedCauseChecks.ts';
import { planChecks } from './plan/removedChecks.ts';
import { dangerChecks } from './plan/removedDangerChecks.ts';
import { platformChecks } from './platform/removedChecks.ts';
import { kubernetesChecks } from './platform/removedKubernetesChecks.ts';
import { messageChecks } from './platform/removedMessageChecks.ts';
import type { RemovedCheck } from './removedCheck.ts';
import { channelChecks } from './report/channels/removedChecks.ts';
import { reportChecks } from './report/removedChecks.ts';
import { openChecks } from './report/removedOpenChecks.ts';
import { howToUndoChecks } from './report/removedUndoChecks.ts';
import { channelOrderChecks } from './respond/channel/removedChecks.ts';
import { consoleChecks } from './respond/console/removedChecks.ts';
import { actChecks } from './respond/removedActChecks.ts';
import { answerChecks } from './respond/removedAnswerChecks.ts';
import { archiveChecks } from './respond/removedArchiveChecks.ts';
import { canaryChecks } from './respond/removedCanaryChecks.ts';
import { changedByChecks } from './respond/removedChangedByChecks.ts';
import { concernChecks } from './respond/removedConcernChecks.ts';
import { digestChecks } from './respond/removedDigestChecks.ts';
import { drillChecks } from './respond/removedDrillChecks.ts';
import { escalationChecks } from './respond/removedEscalationChecks.ts';
import { guardChecks } from './respond/removedGuardChecks.ts';
import { holdChecks } from './respond/removedHoldChecks.ts';
import { hostChecks } from './respond/removedHostChecks.ts';
import { hoursChecks } from './respond/removedHoursChecks.ts';
import { inventoryChecks } from './respond/removedInventoryChecks.ts';
import { leaseChecks } from './respond/removedLeaseChecks.ts';
import { limitChecks } from './respond/removedLimitChecks.ts';
import { manyChecks } from './respond/removedManyChecks.ts';
import { meanwhileChecks } from './respond/removedMeanwhileChecks.ts';
import { partChecks } from './respond/removedPartChecks.ts';
import { pauseChecks } from './respond/removedPauseChecks.ts';
import { publishChecks } from './respond/removedPublishChecks.ts';
import { putBackChecks } from './respond/removedPutBackChecks.ts';
import { releaseChecks } from './respond/removedReleaseChecks.ts';
import { runChecks } from './respond/removedRunChecks.ts';
import { shortageChecks } from './respond/removedShortageChecks.ts';
import { turnChecks } from './respond/removedTurnChecks.ts';
import { twoPeopleChecks } from './respond/removedTwoPeopleChecks.ts';
import { undoneChecks } from './respond/removedUndoneChecks.ts';
import { lintChecks } from './rules/lint/removedChecks.ts';
import { patternChecks } from './rules/pattern/removedChecks.ts';
import { ruleChecks } from './rules/removedChecks.ts';
import { exemptionChecks } from './rules/removedExemptionChecks.ts';
import { sandboxChecks } from './sandbox/removedChecks.ts';
import { ecsChecks } from './sandbox/removedEcsChecks.ts';
import { iamChecks } from './sandbox/removedIamChecks.ts';
import { loginChecks } from './sandbox/removedLoginChecks.ts';
import { ssmChecks } from './sandbox/removedSsmChecks.ts';
import { stsChecks } from './sandbox/removedStsChecks.ts';
import { trailChecks } from './sandbox/removedTrailChecks.ts';
import { urlChecks } from './sandbox/removedUrlChecks.ts';
import { toolChecks } from './tools/removedChecks.ts';
import { privilegeChecks } from './tools/removedPrivilegeChecks.ts';

/** Every safety check with the test that fails without it; `node tools/removed-checks.ts` proves each. */
export const removedChecks: readonly RemovedCheck[] = [
  ...accountChecks,
  ...userChecks,
  ...gateChecks,
  ...notationChecks,
  ...gateFormChecks,
  ...ownerChecks,
  ...actionChecks,
  ...containServiceChecks,
  ...clusterChecks,
  ...functionTargetChecks,
  ...scaleChecks,
  ...drainChecks,
  ...drainHostChecks,
  ...registrationChecks,
  ...secretChecks,
  ...associationChecks,
  ...addressChecks,
  ...denialChecks,
  ...capacityChecks,
  ...evidenceChecks,
  ...imdsv2Checks,
  ...keepChecks,
  ...limitRoleChecks,
  ...patchHostsChecks,
  ...platformVersionChecks,
  ...isolateChecks,
  ...snapshotChecks,
  ...trafficChecks,
  ...fixDefinitionChecks,
  ...routerChecks,
  ...referenceChecks,
  ...enableScanningChecks,
  ...quarantineChecks,
  ...commandChecks,
  ...doctorChecks,
  ...replayChecks,
  ...promoteChecks,
  ...conformanceChecks,
  ...findingChecks,
  ...inspectorChecks,
  ...threatChecks,
  ...hubChecks,
  ...configChecks,
  ...activityChecks,
  ...functionChecks,
  ...archiveChecks,
  ...canaryChecks,
  ...inventoryChecks,
  ...exemptionChecks,
  ...incidentChecks,
  ...limitChecks,
  ...pauseChecks,
  ...consoleChecks,
  ...holdChecks,
  ...hostChecks,
  ...meanwhileChecks,
  ...twoPeopleChecks,
  ...leaseChecks,
  ...releaseChecks,
  ...assembleChecks,
  ...answerChecks,
  ...digestChecks,
  ...drillChecks,
  ...escalationChecks,
  ...manyChecks,
  ...hoursChecks,
  ...approvalChecks,
  ...causeChecks,
  ...planChecks,
  ...platformChecks,
  ...kubernetesChecks,
  ...messageChecks,
  ...reportChecks,
  ...channelChecks,
  ...channelOrderChecks,
  ...actChecks,
  ...changedByChecks,
  ...concernChecks,
  ...guardChecks,
  ...publishChecks,
  ...putBackChecks,
  ...dangerChecks,
  ...partChecks,
  ...runChecks,
  ...undoneChecks,
  ...openChecks,
  ...howToUndoChecks,
  ...shortageChecks,
  ...turnChecks,
  ...patternChecks,
  ...ruleChecks,
  ...lintChecks,
  ...sandboxChecks,
  ...urlChecks,
  ...loginChecks,
  ...ecsChecks,
  ...ssmChecks,
  ...iamChecks,
  ...stsChecks,
  ...trailChecks,
  ...toolChecks,
  ...privilegeChecks,
  ...workloadChecks,
  ...memberChecks,
  ...podRoleChecks,
  ...revokeSessionsChecks,
  ...ingressChecks,
  ...groupChecks,
  ...accessKeyChecks,
];
