import { type Account, slice } from '../../account.ts';
import type { Repository } from './state.ts';
import { matchesWildcard, wildcardsIn } from './wildcard.ts';

export type Frequency = 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL';

/** How the registry scans, beside what each repository says of itself. */
export interface RegistryScanning {
  /** ENHANCED: Inspector scans, and ECR itself does not. */
  readonly scanType: 'BASIC' | 'ENHANCED';
  readonly rules: readonly {
    readonly scanFrequency: Frequency;
    /** Names of repositories, in which `*` stands for any characters or none. */
    readonly filters: readonly string[];
  }[];
  /** A policy of the organization says how it scans: nobody in the account changes it. */
  readonly organizationPolicy?: boolean;
}

/** As a registry is at first: basic scanning, of what each repository says. */
export const registryScanning = slice('ecr.scanning', (): { is: RegistryScanning } => ({
  is: { scanType: 'BASIC', rules: [] },
}));

/** A filter without a wildcard takes each name that it is a part of (ECR user guide, "Filters to choose which repositories are scanned"). */
const takes = (filter: string, name: string): boolean =>
  wildcardsIn(filter) === 0 ? name.includes(filter) : matchesWildcard(filter, name);

/** How often a repository is scanned, and by which filters of the registry: of two frequencies, the continuous one. */
export function frequencyOf(
  { scanType, rules }: RegistryScanning,
  { name, scanOnPush }: Pick<Repository, 'name' | 'scanOnPush'>,
): { readonly frequency: Frequency; readonly filters: readonly string[] } {
  const fitting = (wanted: Frequency): readonly string[] =>
    rules.flatMap(({ scanFrequency, filters }) =>
      scanFrequency === wanted ? filters.filter((filter) => takes(filter, name)) : [],
    );
  const all = fitting('CONTINUOUS_SCAN');
  if (scanType === 'ENHANCED' && all.length > 0) return { frequency: 'CONTINUOUS_SCAN', filters: all };
  const onPush = fitting('SCAN_ON_PUSH');
  const own = scanType === 'BASIC' && scanOnPush;
  return { frequency: own || onPush.length > 0 ? 'SCAN_ON_PUSH' : 'MANUAL', filters: onPush };
}

/** Whether ECR itself scans what is pushed into a repository. */
export function scansOnPush(account: Account, repository: Repository): boolean {
  const { is } = registryScanning(account);
  return is.scanType === 'BASIC' && frequencyOf(is, repository).frequency === 'SCAN_ON_PUSH';
}

/** The registry's configuration as ECR shows it. */
export const shownScanning = ({ scanType, rules }: RegistryScanning) => ({
  scanType,
  rules: rules.map(({ scanFrequency, filters }) => ({
    scanFrequency,
    repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' as const })),
  })),
});
