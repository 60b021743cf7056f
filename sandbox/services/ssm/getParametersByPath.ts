import type { GetParametersByPathRequest, GetParametersByPathResult } from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../account.ts';
import { arnOf } from './names.ts';
import { emptyPage, pageOf } from './page.ts';
import { shown } from './read.ts';
import { latest, type StoredParameter, ssmState, type Version } from './state.ts';

/** Parameters below a path, at most ten per page; IAM is asked about the path, not about each. */
export const getParametersByPath = operation<GetParametersByPathRequest, GetParametersByPathResult>(
  (input, account) => [
    { action: 'ssm:GetParametersByPath', resource: arnOf(account, (input.Path ?? '').replace(/\/$/, '')) },
  ],
  (input, { account }) => {
    const path = (input.Path ?? '').replace(/\/$/, '');
    if (!(input.Path ?? '').startsWith('/')) {
      throw new AwsError('ValidationException', 'The parameter path must begin with a slash "/".');
    }
    const maxResults = input.MaxResults ?? 10;
    if (maxResults < 1 || maxResults > 10) {
      throw new AwsError('ValidationException', "Value at 'maxResults' failed: Member must be between 1 and 10");
    }
    const label = labelFilter(input);
    const state = ssmState(account);
    const found = [...state.parameters.values()]
      .filter(({ name }) => isBelow(name, path, input.Recursive ?? false))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((parameter) => {
        const version = versionWith(parameter, label);
        return version ? [shown(parameter, version, label)] : [];
      });
    const empty = state.emptyPageChance > 0 && account.random.next() < state.emptyPageChance;
    const { items, ...rest } = empty ? emptyPage<never>(input.NextToken) : pageOf(found, input.NextToken, maxResults);
    return { Parameters: [...items], ...rest };
  },
);

function isBelow(name: string, path: string, recursive: boolean): boolean {
  if (!name.startsWith(`${path}/`)) return false;
  return recursive || !name.slice(path.length + 1).includes('/');
}

const versionWith = (parameter: StoredParameter, label: string | undefined): Version | undefined =>
  label === undefined ? latest(parameter) : parameter.versions.find((version) => version.labels.has(label));

/** The one filter that is modelled: `Label` equals one value. */
function labelFilter(input: GetParametersByPathRequest): string | undefined {
  const filters = input.ParameterFilters ?? [];
  if (filters.length === 0) return undefined;
  const [filter] = filters;
  const [label] = filter?.Values ?? [];
  const plain = (filter?.Option ?? 'Equals') === 'Equals' && filter?.Values?.length === 1;
  if (filters.length > 1 || filter?.Key !== 'Label' || !plain || label === undefined) {
    throw new AwsError('InvalidFilterKey', 'This account models only the filter Label Equals with one value');
  }
  return label;
}
