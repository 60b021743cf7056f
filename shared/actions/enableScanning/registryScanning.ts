import type { RegistryScanningRule, ScanFrequency, ScanType } from '@aws-sdk/client-ecr';
import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext, Permission, ReadContext, Target } from '../contract.ts';
import type { RepositoryTarget } from '../targets/repositoryTarget.ts';

/** How a registry scans: all of it, because whoever writes any of it writes all. */
export interface RegistryScanning {
  readonly scanType: ScanType;
  readonly rules: readonly RegistryScanningRule[];
}

// ECR API reference, "PutRegistryScanningConfiguration", "RegistryScanningRule", "ScanningRepositoryFilter".
const mostRules = 2;
const mostFilters = 100;
const longestFilter = 255;
const filterShape = /^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$/;

/**
 * The narrowest filter that takes a repository. One without a wildcard would take each name that it is a part of (`shop/api` also
 * `shop/api-test`); with one in the middle of a word, both ends are fixed. A name may double `_` and `-`, a filter only with a wildcard between.
 * Null: none fits.
 */
export function filterOf(repository: string): string | null {
  const last = repository.slice(repository.lastIndexOf('/') + 1);
  const word = last.length > 1 ? last : repository;
  const middle = repository.length - Math.floor(word.length / 2);
  const split = `${repository.slice(0, middle)}*${repository.slice(middle)}`;
  const filter = split.replace(/[._-](?=[._-])/g, '$&*');
  return filter.length <= longestFilter && filterShape.test(filter) ? filter : null;
}

const filtersOf = ({ repositoryFilters }: RegistryScanningRule): readonly string[] =>
  (repositoryFilters ?? []).flatMap(({ filter }) => filter ?? []);

/** How often the rules say that what this filter takes is scanned, in order. */
export const frequenciesOf = ({ rules }: RegistryScanning, filter: string | null): readonly ScanFrequency[] =>
  rules
    .flatMap((rule) => (filter !== null && filtersOf(rule).includes(filter) ? (rule.scanFrequency ?? []) : []))
    .toSorted();

/** A rule without what its filters are: a registry may name two hundred. */
export type Room = { readonly frequency: ScanFrequency; readonly filters: number };

export const roomsOf = ({ rules }: RegistryScanning): readonly Room[] =>
  rules.map((rule) => ({ frequency: rule.scanFrequency ?? 'MANUAL', filters: filtersOf(rule).length }));

/** Why no filter of this frequency can be added; undefined where one can. */
export function whyNoRoom(rooms: readonly Room[], wanted: ScanFrequency): string | undefined {
  const its = rooms.filter(({ frequency }) => frequency === wanted);
  if (its.some(({ filters }) => filters < mostFilters)) return undefined;
  if (its.length > 0) return `the registry's rule for ${wanted} has ${mostFilters} filters, and takes no more`;
  if (rooms.length < mostRules) return undefined;
  return `the registry has ${mostRules} rules, none of them for ${wanted}, and takes no third`;
}

/** All rules that are there, and this filter. @throws ActionFailed where there is no room for it */
export function withFilter(now: RegistryScanning, filter: string, wanted: ScanFrequency): RegistryScanning {
  if (frequenciesOf(now, filter).includes(wanted)) return now;
  const why = whyNoRoom(roomsOf(now), wanted);
  if (why !== undefined) throw new ActionFailed(`${filter} was not added, because ${why}`);
  const added = { filter, filterType: 'WILDCARD' as const };
  const takes = now.rules.findIndex((rule) => rule.scanFrequency === wanted && filtersOf(rule).length < mostFilters);
  const rules =
    takes === -1
      ? [...now.rules, { scanFrequency: wanted, repositoryFilters: [added] }]
      : now.rules.map((rule, n) =>
          n === takes ? { ...rule, repositoryFilters: [...(rule.repositoryFilters ?? []), added] } : rule,
        );
  return { ...now, rules };
}

/** All rules that are there without this filter, and without its rule where that was made for it. */
export function withoutFilter(
  now: RegistryScanning,
  filter: string,
  wanted: ScanFrequency,
  madeTheRule: boolean,
): RegistryScanning {
  if (!frequenciesOf(now, filter).includes(wanted)) return now;
  const rules = now.rules.flatMap((rule) => {
    if (rule.scanFrequency !== wanted) return [rule];
    const repositoryFilters = (rule.repositoryFilters ?? []).filter((one) => one.filter !== filter);
    return repositoryFilters.length === 0 && madeTheRule ? [] : [{ ...rule, repositoryFilters }];
  });
  return { ...now, rules };
}

const wholeRegistry = 'ECR has one scanning configuration for a registry, and IAM no resource to scope it to';

export const readsRegistry: Permission = {
  action: 'ecr:GetRegistryScanningConfiguration',
  resource: '*',
  why: wholeRegistry,
};

export const changesRegistry: Permission = {
  action: 'ecr:PutRegistryScanningConfiguration',
  resource: '*',
  why: `${wholeRegistry}: the step writes all rules that it has just read and one filter more or less, of its own repository; its session is of one account and Region`,
};

/** The registry of a repository: what all share who change its rules. */
export function registryOf({ arn, account, region }: RepositoryTarget): Target<'other'> {
  const [, partition = 'aws'] = arn.split(':');
  const all = `arn:${partition}:ecr:${region}:${account}:repository/*`;
  return { kind: 'other', id: `registry ${account}`, arn: all, type: 'EcrRegistry', account, region };
}

/** @throws ActionFailed or Throttled when it cannot be read */
export async function readRegistry(target: RepositoryTarget, context: ReadContext): Promise<RegistryScanning> {
  const read = readsWith(context.aws);
  try {
    const { client, GetRegistryScanningConfigurationCommand } = await read.aws.ecr();
    const { scanningConfiguration } = await client.send(new GetRegistryScanningConfigurationCommand({}), read.call);
    return { scanType: scanningConfiguration?.scanType ?? 'BASIC', rules: scanningConfiguration?.rules ?? [] };
  } catch (error) {
    throw namedFailure(error, `Reading how the registry of ${target.account} scans`);
  }
}

/** The API has no etag: what is written is what was read a moment ago, with one change. */
export async function changeRegistry(
  target: RepositoryTarget,
  context: ActContext,
  change: (now: RegistryScanning) => RegistryScanning,
): Promise<void> {
  const now = await readRegistry(target, context);
  const wanted = change(now);
  if (wanted === now) return;
  const read = readsWith(context.aws);
  try {
    const { client, PutRegistryScanningConfigurationCommand } = await read.aws.ecr();
    const { scanType, rules } = wanted;
    await client.send(new PutRegistryScanningConfigurationCommand({ scanType, rules: [...rules] }), read.call);
  } catch (error) {
    const name = failureOf(error)?.name;
    if (name === 'BlockedByOrganizationPolicyException') {
      const text = `A policy of the organization decides how the registry of ${target.account} scans, and refuses a change of its rules (${name}): whoever administers that policy has to have ${target.repository} scanned`;
      throw new ActionFailed(text, { cause: error, evidence: { name } });
    }
    throw namedFailure(error, `Setting how the registry of ${target.account} scans`);
  }
}
