import { describe, expect, it } from 'vitest';
import { frequencyOf } from '../../sandbox/services/ecr/registryScanning.ts';
import { matchesWildcard } from '../../sandbox/services/ecr/wildcard.ts';
import { enableScanning as action } from '../../shared/actions/enableScanning/enableScanning.ts';
import {
  filterOf,
  frequenciesOf,
  type RegistryScanning,
  withFilter,
  withoutFilter,
} from '../../shared/actions/enableScanning/registryScanning.ts';
import { ActionFailed } from '../../shared/platform/errors.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as sdk from '../../shared/platform/sdk/ecr.ts';
import { awsError } from '../account/awsError.ts';
import { actContext } from './actContext.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = embeddedTarget('ecr-repository');
const filter = 'payments/checko*ut-api';

const observed = {
  scanType: 'BASIC',
  byRegistry: false,
  scannedBy: [],
  frequency: 'MANUAL',
  rooms: [],
  protectedBy: null,
  owner: 'unknown',
  seen: ['seen'],
};
const plan = (change: object, params: object = {}) =>
  action.plan(target, action.params.parse(params), { ...observed, ...change }, { quietPullDays: 7 });
const byRules = (...rooms: readonly (readonly [string, number])[]) => ({
  byRegistry: true,
  rooms: rooms.map(([frequency, filters]) => ({ frequency, filters })),
});
const enhanced = { scanType: 'ENHANCED' };

describe('the filter of a repository', () => {
  it.each([
    ['payments/checkout-api', filter],
    ['ab', 'a*b'],
    ['a/b', 'a/*b'],
    ['team/a__b', 'team/a_*_b'],
    ['team/base---image', 'team/base-*-*-image'],
    ['a'.repeat(254), `${'a'.repeat(127)}*${'a'.repeat(127)}`],
    ['a'.repeat(255), null],
  ])('of %s is %s, and takes it', (name, wanted) => {
    expect(filterOf(name)).toBe(wanted);
    if (wanted !== null) expect(matchesWildcard(wanted, name)).toBe(true);
  });

  it('takes none of the names that people give to what belongs to it', () => {
    const rules = [{ scanFrequency: 'SCAN_ON_PUSH', filters: [filterOf('payments/checkout-api') ?? ''] }] as const;
    const scanned = (name: string) => frequencyOf({ scanType: 'BASIC', rules }, { name, scanOnPush: false }).frequency;
    const others = ['checkout-api-test', 'old-checkout-api', 'checkout-api/cache', 'checkout', 'api'];
    for (const one of others) expect(scanned(`payments/${one}`), one).toBe('MANUAL');
    expect([scanned('eu/payments/checkout-api'), scanned('payments/checkout-api')]).toEqual(['MANUAL', 'SCAN_ON_PUSH']);
  });
});

describe('the plan', () => {
  it('is about the repository itself where the registry has no rules, and about the rules where it has', () => {
    expect(plan({})).toMatchObject({ kind: 'step', chosen: { at: 'repository' } });
    const frequency = 'SCAN_ON_PUSH';
    expect(plan(byRules(['SCAN_ON_PUSH', 1]))).toMatchObject({ chosen: { at: 'registry', filter, frequency } });
    expect(plan({ ...enhanced, ...byRules() })).toMatchObject({ chosen: { at: 'registry', filter, frequency } });
  });

  it('asks for what only enhanced scanning does where there is enhanced scanning alone', () => {
    const all = { enhanced: 'CONTINUOUS_SCAN' };
    expect(plan({ ...enhanced, ...byRules() }, all)).toMatchObject({ chosen: { frequency: 'CONTINUOUS_SCAN' } });
    expect(plan(byRules(['MANUAL', 1]), all)).toMatchObject({ chosen: { frequency: 'SCAN_ON_PUSH' } });
  });

  it('says that what was pushed before is not scanned, where that is so', () => {
    expect(plan({})).toMatchObject({ remains: expect.stringContaining('before is not scanned') });
    expect(plan({ ...enhanced, ...byRules() })).not.toHaveProperty('remains');
  });

  it.each([
    ['it says so itself', { scannedBy: ['scanOnPush'] }],
    ['a rule of the registry has it scanned', { ...byRules(['SCAN_ON_PUSH', 1]), frequency: 'SCAN_ON_PUSH' }],
    ['it is scanned all the time', { ...enhanced, ...byRules(['CONTINUOUS_SCAN', 1]), frequency: 'CONTINUOUS_SCAN' }],
  ])('is to do nothing where %s', (_why, change) => {
    expect(plan(change)).toMatchObject({ kind: 'skip', reason: expect.stringContaining('is scanned already') });
  });

  it.each([
    ['the rule has no room', byRules(['SCAN_ON_PUSH', 100]), 'has 100 filters, and takes no more'],
    ['there are two other rules', { ...enhanced, ...byRules(['CONTINUOUS_SCAN', 1], ['MANUAL', 1]) }, 'takes no third'],
    ['the rules name it in vain', { ...byRules(['SCAN_ON_PUSH', 1]), scannedBy: ['SCAN_ON_PUSH'] }, 'by hand alone'],
  ])('is to ask a person where %s', (_why, change, reason) => {
    expect(plan(change)).toMatchObject({ kind: 'hold', reason: expect.stringContaining(reason), seen: ['seen'] });
  });

  it('is to ask a person where no filter fits the name', () => {
    const long = { ...target, repository: 'a'.repeat(255) };
    const planned = action.plan(long, action.params.parse({}), { ...observed, ...byRules() }, { quietPullDays: 7 });
    expect(planned).toMatchObject({ kind: 'hold', reason: expect.stringContaining('too long') });
  });
});

it('is permitted the one change that it chose', () => {
  const writes = (chosen?: { readonly [key: string]: string }) =>
    action.permissions(target, chosen).write.map((one) => one.action.slice('ecr:'.length));
  expect(writes()).toEqual(['PutImageScanningConfiguration', 'PutRegistryScanningConfiguration']);
  expect(writes({ at: 'repository' })).toEqual(['PutImageScanningConfiguration']);
  const atRegistry = { at: 'registry', filter, frequency: 'SCAN_ON_PUSH' };
  expect(writes(atRegistry)).toEqual(['PutRegistryScanningConfiguration']);
});

it('shares the rules of its registry with all its repositories, and nothing where it has none', () => {
  const { id, arn, account, region } = target;
  expect(action.turn?.(target, observed)).toBeNull();
  expect(action.turn?.({ ...target, id: `not ${id}` }, { ...observed, ...byRules() })).toMatchObject({
    ...{ kind: 'other', id: `registry ${account}`, account, region },
    arn: arn.replace(/repository\/.*/, 'repository/*'),
  });
});

describe('the rules of a registry', () => {
  const rule = (scanFrequency: 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN', ...filters: readonly string[]) => ({
    scanFrequency,
    repositoryFilters: filters.map((one) => ({ filter: one, filterType: 'WILDCARD' as const })),
  });
  const scanning = (...rules: RegistryScanning['rules']): RegistryScanning => ({ scanType: 'ENHANCED', rules });
  const theirs = rule('SCAN_ON_PUSH', 'web/*');

  it('get one filter more, and that once', () => {
    const added = withFilter(scanning(theirs), filter, 'SCAN_ON_PUSH');
    expect(added).toEqual(scanning(rule('SCAN_ON_PUSH', 'web/*', filter)));
    expect(frequenciesOf(added, filter)).toEqual(['SCAN_ON_PUSH']);
    expect(withFilter(added, filter, 'SCAN_ON_PUSH')).toBe(added);
  });

  it('get a rule more where none of theirs is meant', () => {
    const added = withFilter(scanning(theirs), filter, 'CONTINUOUS_SCAN');
    expect(added).toEqual(scanning(theirs, rule('CONTINUOUS_SCAN', filter)));
  });

  it('are not written where they have filled up since the plan was made', () => {
    const full = scanning(rule('SCAN_ON_PUSH', ...Array.from({ length: 100 }, (_, n) => `a${n}`)));
    expect(() => withFilter(full, filter, 'SCAN_ON_PUSH')).toThrow(ActionFailed);
  });

  it('lose our filter and nothing else, and the rule that was made for it', () => {
    const mixed = scanning(rule('SCAN_ON_PUSH', filter, 'new/*'), rule('CONTINUOUS_SCAN', filter));
    const kept = scanning(rule('SCAN_ON_PUSH', filter, 'new/*'), rule('CONTINUOUS_SCAN'));
    expect(withoutFilter(mixed, filter, 'CONTINUOUS_SCAN', false)).toEqual(kept);
    const gone = scanning(rule('SCAN_ON_PUSH', filter, 'new/*'));
    expect(withoutFilter(mixed, filter, 'CONTINUOUS_SCAN', true)).toEqual(gone);
    const shared = scanning(rule('SCAN_ON_PUSH', 'new/*'), rule('CONTINUOUS_SCAN', filter));
    expect(withoutFilter(mixed, filter, 'SCAN_ON_PUSH', true)).toEqual(shared);
  });

  it('are not written where our filter is gone already', () => {
    const now = scanning(rule('SCAN_ON_PUSH'));
    expect(withoutFilter(now, filter, 'SCAN_ON_PUSH', true)).toBe(now);
  });
});

/** ECR that answers so, and keeps what was sent. */
function ecrThat(answers: { readonly [command: string]: object | Error }) {
  const sent: { readonly command: string; readonly input: object }[] = [];
  const send = async (command: { readonly input: object; readonly constructor: { readonly name: string } }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    sent.push({ command: name, input: command.input });
    const answer = answers[name];
    if (answer === undefined) throw new Error(`${name} was not expected`);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const aws = { ecr: async () => ({ ...sdk, client: { send } }) } as unknown as Aws;
  return { context: actContext(aws), sent };
}

describe('where ECR decides', () => {
  const chosen = { at: 'registry', filter, frequency: 'SCAN_ON_PUSH' };
  const repositoryFilters = [{ filter: 'web/*', filterType: 'WILDCARD' }];
  const theirs = { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters };
  const registry = (...rules: readonly object[]) => ({
    GetRegistryScanningConfiguration: { scanningConfiguration: { scanType: 'BASIC', rules } },
  });
  const ours = {
    scanFrequency: 'SCAN_ON_PUSH',
    repositoryFilters: [...repositoryFilters, { filter, filterType: 'WILDCARD' }],
  };
  const repository = (scanFrequency: string, scanOnPush = false) => ({
    DescribeRepositories: { repositories: [{ imageScanningConfiguration: { scanOnPush } }] },
    BatchGetRepositoryScanningConfiguration: { scanningConfigurations: [{ scanFrequency }] },
    ListTagsForResource: { tags: [] },
  });
  const params = action.params.parse({});

  it('a policy of the organization that refuses it is told as such, with who can help', async () => {
    const refusal = awsError('BlockedByOrganizationPolicyException');
    const { context } = ecrThat({ ...registry(theirs), PutRegistryScanningConfiguration: refusal });
    const doing = action.execute(target, params, observed, { ...context, chosen });
    await expect(doing).rejects.toThrow('whoever administers that policy has to have payments/checkout-api scanned');
  });

  it('the rules are read again, and written with all that is there by then', async () => {
    const { context, sent } = ecrThat({ ...registry(theirs), PutRegistryScanningConfiguration: {} });
    await action.execute(target, params, observed, { ...context, chosen });
    expect(sent.at(-1)?.input).toEqual({ scanType: 'BASIC', rules: [ours] });
  });

  it('nothing is written where the filter is there already', async () => {
    const { context, sent } = ecrThat(registry(ours));
    await action.execute(target, params, observed, { ...context, chosen });
    expect(sent.map(({ command }) => command)).toEqual(['GetRegistryScanningConfiguration']);
  });

  it.each([
    ['holds once the rules name it and ECR scans it', [ours], 'SCAN_ON_PUSH', 'holds'],
    ['is pending while ECR scans it by hand alone', [ours], 'MANUAL', 'pending'],
    ['is pending while the rules do not name it', [theirs], 'SCAN_ON_PUSH', 'pending'],
  ])('%s', async (_name, rules, frequency, state) => {
    const { context } = ecrThat({ ...registry(...rules), ...repository(frequency) });
    expect(await action.verify(target, params, observed, { ...context, chosen })).toMatchObject({ state });
  });

  it('what the repository says itself is what counts of a fix that was made there, whatever the registry does since', async () => {
    const { context } = ecrThat({ ...registry(theirs), ...repository('SCAN_ON_PUSH', true) });
    const its = (given: object) => action.observe(target, params, { ...context, ...given });
    expect(await its({})).toMatchObject({ scannedBy: [] });
    expect(await its({ chosen: { at: 'repository' } })).toMatchObject({ scannedBy: ['scanOnPush'] });
  });

  it('an undo that finds the filter there again is not done', async () => {
    const { context } = ecrThat(registry(ours));
    expect(await action.verifyUndone?.(target, params, observed, { ...context, chosen })).toMatchObject({
      state: 'pending',
    });
  });
});
