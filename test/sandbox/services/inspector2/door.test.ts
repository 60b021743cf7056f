import { BatchGetAccountStatusCommand, Inspector2Client } from '@aws-sdk/client-inspector2';
import { expect, it } from 'vitest';
import { inspector2Service } from '../../../../sandbox/services/inspector2/service.ts';
import { inspector } from '../../../../sandbox/services/inspector2/state.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

it('is off at first, tells what it scans, and knows no other account', () =>
  throughDoor([inspector2Service], async ({ account }) => {
    const client = new Inspector2Client(clientOptions(account));
    const status = (accountIds?: string[]) => client.send(new BatchGetAccountStatusCommand({ accountIds }));
    const off = { status: 'DISABLED' };
    const types = { ec2: off, ecr: off, lambda: off, lambdaCode: off, codeRepository: off };
    const mine = { accountId: '123456789012', state: off, resourceState: types };
    expect(await status()).toMatchObject({ accounts: [mine], failedAccounts: [] });
    inspector(account).scans = ['ecr'];
    const on = { status: 'ENABLED' };
    const { accounts, failedAccounts } = await status(['123456789012', '210987654321']);
    expect(accounts).toEqual([{ ...mine, state: on, resourceState: { ...types, ecr: on } }]);
    expect(failedAccounts).toEqual([
      expect.objectContaining({ accountId: '210987654321', errorCode: 'ACCESS_DENIED' }),
    ]);
  }));
