import type {
  PutReplicationConfigurationRequest,
  PutReplicationConfigurationResponse,
  ReplicationDestination,
  ReplicationRule,
} from '@aws-sdk/client-ecr';
import { type Account, operation } from '../../account.ts';
import { invalid } from './invalid.ts';
import { replication } from './replication.ts';

const PARAMETER = 'replicationConfiguration';
const MOST_RULES = 10;
const MOST_DESTINATIONS = 25;
const MOST_FILTERS = 100;

/** Replaces all rules of the registry; with none, replication ends. */
export const putReplicationConfiguration = operation<
  PutReplicationConfigurationRequest,
  PutReplicationConfigurationResponse
>(
  () => [{ action: 'ecr:PutReplicationConfiguration', resource: '*' }],
  (input, { account }) => {
    const rules = input.replicationConfiguration?.rules;
    if (rules === undefined) throw invalid(PARAMETER, 'Member must not be null');
    check(account, rules);
    replication(account).rules = structuredClone(rules);
    return { replicationConfiguration: { rules: [...rules] } };
  },
);

function check(account: Account, rules: readonly ReplicationRule[]): void {
  if (rules.length > MOST_RULES) throw invalid(PARAMETER, `Member must have at most ${MOST_RULES} rules`);
  const all = rules.flatMap(({ destinations = [] }) => destinations);
  const places = new Set(all.map(({ region, registryId }) => `${registryId} ${region}`));
  if (places.size > MOST_DESTINATIONS)
    throw invalid(PARAMETER, `Member must have at most ${MOST_DESTINATIONS} destinations`);
  for (const destination of all) checkDestination(account, destination);
  for (const rule of rules) checkRule(rule);
}

function checkDestination(account: Account, { region = '', registryId = '' }: ReplicationDestination): void {
  if (!/^[0-9a-z-]{2,25}$/.test(region)) throw invalid(`${PARAMETER}.region`, "must satisfy '[0-9a-z-]{2,25}'");
  if (!/^[0-9]{12}$/.test(registryId)) throw invalid(`${PARAMETER}.registryId`, "must satisfy '[0-9]{12}'");
  if (region === account.region && registryId === account.id) {
    throw invalid(PARAMETER, 'Replication destination cannot be the same as the source registry');
  }
}

function checkRule({ destinations = [], repositoryFilters = [] }: ReplicationRule): void {
  if (destinations.length === 0) throw invalid(`${PARAMETER}.destinations`, 'Member must not be empty');
  if (repositoryFilters.length > MOST_FILTERS) {
    throw invalid(`${PARAMETER}.repositoryFilters`, `Member must have at most ${MOST_FILTERS} filters`);
  }
  for (const { filter = '', filterType } of repositoryFilters) {
    if (filterType !== 'PREFIX_MATCH') {
      throw invalid(`${PARAMETER}.repositoryFilters.filterType`, 'Member must satisfy enum value set: [PREFIX_MATCH]');
    }
    if (filter.length < 2 || filter.length > 256 || !/^[a-z0-9][a-z0-9._/-]*$/.test(filter)) {
      throw invalid(
        `${PARAMETER}.repositoryFilters.filter`,
        'must be the beginning of a repository name, 2 to 256 characters',
      );
    }
  }
}
