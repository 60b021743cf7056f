import { type Account, slice } from '../../account.ts';
import type { Repository } from './state.ts';
import { matchesWildcard } from './wildcard.ts';

/** How the registry scans, beside what each repository says of itself. */
export interface RegistryScanning {
  /** ENHANCED: Inspector scans, and ECR itself does not. */
  readonly scanType: 'BASIC' | 'ENHANCED';
  readonly rules: readonly {
    readonly scanFrequency: 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL';
    /** Names of repositories, in which `*` stands for any characters or none. */
    readonly filters: readonly string[];
  }[];
}

/** As a registry is at first: basic scanning, of what each repository says. */
export const registryScanning = slice('ecr.scanning', (): { is: RegistryScanning } => ({
  is: { scanType: 'BASIC', rules: [] },
}));

/** Whether ECR itself scans what is pushed into a repository. */
export function scansOnPush(account: Account, { name, scanOnPush }: Repository): boolean {
  const { scanType, rules } = registryScanning(account).is;
  if (scanType === 'ENHANCED') return false;
  const fits = rules.some(
    ({ scanFrequency, filters }) =>
      scanFrequency === 'SCAN_ON_PUSH' && filters.some((filter) => matchesWildcard(filter, name)),
  );
  return scanOnPush || fits;
}
