/** How AWS answers with a patch's state: not in the capitals of the SDK's enum (DescribeInstancePatches, sample response). */
export type PatchState =
  | 'Installed'
  | 'InstalledOther'
  | 'InstalledPendingReboot'
  | 'InstalledRejected'
  | 'Missing'
  | 'Failed';

/** What the baseline calls a node that lacks the patch, worst first. */
export const COMPLIANCE_LEVELS = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNSPECIFIED'] as const;
export type ComplianceLevel = (typeof COMPLIANCE_LEVELS)[number];

export interface Patch {
  /** KBId: `KB4480056`, or package and architecture, `kernel.x86_64`. */
  readonly id: string;
  readonly title: string;
  readonly classification: string;
  readonly severity: string;
  readonly complianceLevel: ComplianceLevel;
  readonly cveIds: readonly string[];
  /** Whether it can be installed on this machine. */
  readonly installs: boolean;
  readonly state: PatchState;
  /** Milliseconds since the epoch; absent for one that never was. */
  readonly installedAt?: number;
}

const NON_COMPLIANT: readonly PatchState[] = ['Missing', 'Failed', 'InstalledPendingReboot', 'InstalledRejected'];

/** "Patch compliance state values" of the user guide. */
export const isCompliant = ({ state }: Pick<Patch, 'state'>): boolean => !NON_COMPLIANT.includes(state);

/** A node is compliant where each of its patches is. */
export const isNodeCompliant = ({ patches }: { readonly patches: readonly Patch[] }): boolean =>
  patches.every(isCompliant);

const isWanting = ({ state }: Patch): boolean => state === 'Missing' || state === 'Failed';

/** Installs what is missing or failed before. Answers with how many now await a reboot, and how many failed. */
export function install(
  patches: Map<string, Patch>,
  now: number,
): { readonly pending: number; readonly failed: number } {
  for (const patch of [...patches.values()].filter(isWanting)) {
    patches.set(
      patch.id,
      patch.installs ? { ...patch, state: 'InstalledPendingReboot', installedAt: now } : { ...patch, state: 'Failed' },
    );
  }
  const inState = (wanted: PatchState): number => [...patches.values()].filter(({ state }) => state === wanted).length;
  return { pending: inState('InstalledPendingReboot'), failed: inState('Failed') };
}

/** After a reboot, what was installed is in use. */
export function rebooted(patches: Map<string, Patch>): void {
  for (const patch of patches.values()) {
    if (patch.state === 'InstalledPendingReboot') patches.set(patch.id, { ...patch, state: 'Installed' });
  }
}
