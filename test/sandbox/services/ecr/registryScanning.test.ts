import {
  BatchGetRepositoryScanningConfigurationCommand,
  BlockedByOrganizationPolicyException,
  ECRClient,
  GetRegistryScanningConfigurationCommand,
  InvalidParameterException,
  PutRegistryScanningConfigurationCommand,
  type PutRegistryScanningConfigurationRequest,
} from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import {
  frequencyOf,
  type RegistryScanning,
  registryScanning,
  scansOnPush,
} from '../../../../sandbox/services/ecr/registryScanning.ts';
import { ecrService } from '../../../../sandbox/services/ecr/service.ts';
import type { Repository } from '../../../../sandbox/services/ecr/state.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

it('scans what a rule of the registry takes or the repository says, and nothing where Inspector does it', () => {
  const { account } = fakeAccount();
  const scans = (name: string, scanOnPush = false) => scansOnPush(account, { name, scanOnPush } as Repository);
  expect([scans('team/a'), scans('team/a', true)]).toEqual([false, true]);
  registryScanning(account).is = {
    scanType: 'BASIC',
    rules: [
      { scanFrequency: 'SCAN_ON_PUSH', filters: ['team/*'] },
      { scanFrequency: 'MANUAL', filters: ['*'] },
    ],
  };
  expect([scans('team/a'), scans('other'), scans('other', true)]).toEqual([true, false, true]);
  registryScanning(account).is = { ...registryScanning(account).is, scanType: 'ENHANCED' };
  expect([scans('team/a'), scans('team/a', true)]).toEqual([false, false]);
});

// The table of the ECR user guide, "Filters to choose which repositories are scanned".
it.each([
  ['prod', [true, true, true, true, true]],
  ['*prod', [true, true, false, false, false]],
  ['prod*', [true, false, true, false, true]],
  ['*prod*', [true, true, true, true, true]],
  ['prod*repo', [false, false, true, false, true]],
])('a filter %s takes the repositories that it takes on AWS', (filter, taken) => {
  const is: RegistryScanning = { scanType: 'BASIC', rules: [{ scanFrequency: 'SCAN_ON_PUSH', filters: [filter] }] };
  const names = ['prod', 'repo-prod', 'prod-repo', 'repo-prod-repo', 'prodrepo'];
  const frequencies = names.map((name) => frequencyOf(is, { name, scanOnPush: false }).frequency);
  expect(frequencies).toEqual(taken.map((one) => (one ? 'SCAN_ON_PUSH' : 'MANUAL')));
});

const world = (scanning: object) =>
  worldSchema.parse({
    repositories: [{ name: 'team/a' }, { name: 'team/b', scanOnPush: true }],
    registryScanning: scanning,
  });

const withRegistry = (scanning: object, use: (ecr: ECRClient, account: Account) => Promise<void>) =>
  throughDoor([ecrService], async ({ account }) => {
    loadWorld(account, world(scanning));
    await use(new ECRClient(clientOptions(account)), account);
  });

const rule = (scanFrequency: 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL', ...filters: readonly string[]) => ({
  scanFrequency,
  repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' as const })),
});
const put = (ecr: ECRClient, input: PutRegistryScanningConfigurationRequest) =>
  ecr.send(new PutRegistryScanningConfigurationCommand(input));

it('replaces all rules, shows them, and says of each repository how it is scanned then', () =>
  withRegistry({ rules: [{ filters: ['web/*'] }] }, async (ecr) => {
    const rules = [rule('SCAN_ON_PUSH', 'team/a')];
    const answer = await put(ecr, { scanType: 'BASIC', rules });
    expect(answer.registryScanningConfiguration).toEqual({ scanType: 'BASIC', rules });
    const { scanningConfiguration } = await ecr.send(new GetRegistryScanningConfigurationCommand({}));
    expect(scanningConfiguration).toEqual({ scanType: 'BASIC', rules });
    const repositoryNames = ['team/a', 'team/b', 'nobody'];
    const said = await ecr.send(new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames }));
    expect(said.scanningConfigurations).toMatchObject([
      {
        ...{ repositoryName: 'team/a', scanOnPush: false, scanFrequency: 'SCAN_ON_PUSH' },
        appliedScanFilters: [{ filter: 'team/a', filterType: 'WILDCARD' }],
      },
      { repositoryName: 'team/b', scanOnPush: true, scanFrequency: 'SCAN_ON_PUSH', appliedScanFilters: [] },
    ]);
    expect(said.failures).toMatchObject([{ repositoryName: 'nobody', failureCode: 'REPOSITORY_NOT_FOUND' }]);
  }));

it.each<[string, PutRegistryScanningConfigurationRequest]>([
  ['three rules', { rules: [rule('SCAN_ON_PUSH'), rule('MANUAL'), rule('MANUAL')] }],
  ['a hundred and one filters', { rules: [rule('SCAN_ON_PUSH', ...Array.from({ length: 101 }, (_, n) => `a${n}`))] }],
  ['basic scanning all the time', { scanType: 'BASIC', rules: [rule('CONTINUOUS_SCAN', '*')] }],
  ['enhanced scanning by hand', { scanType: 'ENHANCED', rules: [rule('MANUAL', '*')] }],
  ['a filter with two separators in a row', { rules: [rule('SCAN_ON_PUSH', 'a__b')] }],
  ['a filter that is too long', { rules: [rule('SCAN_ON_PUSH', 'a'.repeat(256))] }],
])('refuses %s, and changes nothing', (_name, input) =>
  withRegistry({ rules: [{ filters: ['web/*'] }] }, async (ecr, account) => {
    await expect(put(ecr, input)).rejects.toThrow(InvalidParameterException);
    expect(registryScanning(account).is.rules).toEqual([{ scanFrequency: 'SCAN_ON_PUSH', filters: ['web/*'] }]);
  }),
);

it('refuses a change where a policy of the organization decides', () =>
  withRegistry({ organizationPolicy: true }, async (ecr) => {
    await expect(put(ecr, { rules: [] })).rejects.toThrow(BlockedByOrganizationPolicyException);
  }));
