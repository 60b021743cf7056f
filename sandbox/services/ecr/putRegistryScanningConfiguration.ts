import type {
  PutRegistryScanningConfigurationRequest,
  PutRegistryScanningConfigurationResponse,
  RegistryScanningRule,
} from '@aws-sdk/client-ecr';
import { type Account, AwsError, operation } from '../../account.ts';
import { scanFrequencyChange } from './events.ts';
import { invalid } from './invalid.ts';
import {
  type Frequency,
  frequencyOf,
  type RegistryScanning,
  registryScanning,
  shownScanning,
} from './registryScanning.ts';
import { repositories } from './state.ts';

const MOST_RULES = 2;
const MOST_FILTERS = 100;
const LONGEST_FILTER = 255;
const FILTER = /^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$/;

/** What each scan type knows (ECR API reference, "RegistryScanningRule"). */
const frequencies: { readonly [scanType: string]: readonly Frequency[] } = {
  BASIC: ['SCAN_ON_PUSH', 'MANUAL'],
  ENHANCED: ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN'],
};

/** Replaces all rules of the registry. What is not given of the two stays as it is: AWS does not say so. */
export const putRegistryScanningConfiguration = operation<
  PutRegistryScanningConfigurationRequest,
  PutRegistryScanningConfigurationResponse
>(
  () => [{ action: 'ecr:PutRegistryScanningConfiguration', resource: '*' }],
  (input, { account }) => {
    const { is: before } = registryScanning(account);
    if (before.organizationPolicy === true) {
      throw new AwsError(
        'BlockedByOrganizationPolicyException',
        'The operation did not succeed because the account is managed by a organization policy.',
      );
    }
    const scanType = input.scanType ?? before.scanType;
    const known = Object.hasOwn(frequencies, scanType) ? frequencies[scanType] : undefined;
    if (known === undefined) throw invalid('scanType', 'Member must satisfy enum value set: [BASIC, ENHANCED]');
    const after = { ...before, scanType, rules: input.rules === undefined ? before.rules : read(input.rules, known) };
    registryScanning(account).is = after;
    tell(account, before, after);
    return { registryScanningConfiguration: shownScanning(after) };
  },
);

function read(rules: readonly RegistryScanningRule[], known: readonly Frequency[]): RegistryScanning['rules'] {
  if (rules.length > MOST_RULES) throw invalid('rules', `Member must have length less than or equal to ${MOST_RULES}`);
  return rules.map(({ scanFrequency, repositoryFilters }) => {
    if (scanFrequency === undefined || !known.includes(scanFrequency)) {
      throw invalid('rules.scanFrequency', `Member must satisfy enum value set: [${known.join(', ')}]`);
    }
    if (repositoryFilters === undefined) throw invalid('rules.repositoryFilters', 'Member must not be null');
    if (repositoryFilters.length > MOST_FILTERS) {
      throw invalid('rules.repositoryFilters', `Member must have length less than or equal to ${MOST_FILTERS}`);
    }
    const filters = repositoryFilters.map(({ filter = '', filterType }) => {
      if (filterType !== 'WILDCARD') {
        throw invalid('rules.repositoryFilters.filterType', 'Member must satisfy enum value set: [WILDCARD]');
      }
      if (filter.length > LONGEST_FILTER || !FILTER.test(filter)) {
        throw invalid(
          'rules.repositoryFilters.filter',
          `Member must satisfy regular expression pattern: ${FILTER.source}`,
        );
      }
      return filter;
    });
    return { scanFrequency, filters };
  });
}

/** Enhanced scanning alone tells of it, once for all repositories that are scanned otherwise from now on. */
function tell(account: Account, before: RegistryScanning, after: RegistryScanning): void {
  if (after.scanType !== 'ENHANCED') return;
  const changed = [...repositories(account).values()].flatMap((repository) => {
    const previous = frequencyOf(before, repository).frequency;
    const { frequency } = frequencyOf(after, repository);
    return previous === frequency ? [] : [{ repository, previous, frequency }];
  });
  if (changed.length > 0) scanFrequencyChange(account, changed);
}
