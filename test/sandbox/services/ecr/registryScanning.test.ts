import { expect, it } from 'vitest';
import { registryScanning, scansOnPush } from '../../../../sandbox/services/ecr/registryScanning.ts';
import type { Repository } from '../../../../sandbox/services/ecr/state.ts';
import { fakeAccount } from '../../fakeAccount.ts';

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
