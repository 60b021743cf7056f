import type { Reads } from '../../account/reads.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { targetKey } from '../contract.ts';
import { commentBegins } from '../targets/patchCommands.ts';
import type { HostTarget, Patches } from './types.ts';

/** What the last patch operation has reported; null when there was none. */
export async function readPatches(read: Reads, id: string): Promise<Patches | null> {
  const { client, DescribeInstancePatchStatesCommand } = await read.aws.ssm();
  const { InstancePatchStates: states = [] } = await client.send(
    new DescribeInstancePatchStatesCommand({ InstanceIds: [id] }),
    read.call,
  );
  const state = states.find(({ InstanceId }) => InstanceId === id);
  if (state?.OperationEndTime === undefined) return null;
  return {
    operation: state.Operation ?? 'unknown',
    endedAt: state.OperationEndTime.toISOString(),
    missing: state.MissingCount ?? 0,
    failed: state.FailedCount ?? 0,
    pendingReboot: state.InstalledPendingRebootCount ?? 0,
  };
}

export const isPatched = ({ missing, failed, pendingReboot }: Patches): boolean =>
  missing + failed + pendingReboot === 0;

/** `2 missing, 0 failed, 1 awaits a reboot (Install, ended 2026-…)`. */
export const patchesText = ({ operation, endedAt, missing, failed, pendingReboot }: Patches): string =>
  `patches: ${missing} missing, ${failed} failed, ${pendingReboot} awaiting a reboot (${operation}, ended ${endedAt})`;

/**
 * What our command carries, because SendCommand is not idempotent: the same for every try of one patch of one host, whichever run makes it,
 * and another one once a later patch operation was reported. SSM takes 100 characters.
 */
export const commentFor = (target: HostTarget, after: string | null): string =>
  `${commentBegins}${sha256Hex(JSON.stringify([targetKey(target), after])).slice(0, 32)}`;
