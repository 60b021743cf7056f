import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { stsService } from '../../../../sandbox/services/sts/service.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

describe('the STS client', () => {
  it('assumes a role, and is then that role until the session ends', () =>
    throughDoor([stsService], async ({ account, clock }) => {
      const trust = policyOf({ Effect: 'Allow', Principal: { AWS: arn('Act') }, Action: 'sts:AssumeRole' });
      createRole(account, { name: 'Responder', arn: arn('Responder'), trust, policies: [] });
      const allow = policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arn('Responder') });
      createRole(account, { name: 'Act', arn: arn('Act'), trust, policies: [{ name: 'own', document: allow }] });
      const act = new STSClient(clientOptions(account, credentialsFor(account, 'Act', 'act')));
      const command = { RoleArn: arn('Responder'), RoleSessionName: 'run-1', DurationSeconds: 900 };

      const { Credentials } = await act.send(new AssumeRoleCommand(command));
      expect(Credentials?.Expiration).toEqual(new Date('2026-11-24T08:15:00.000Z'));
      const responder = new STSClient({
        ...clientOptions(account),
        credentials: {
          accessKeyId: Credentials?.AccessKeyId ?? '',
          secretAccessKey: Credentials?.SecretAccessKey ?? '',
          sessionToken: Credentials?.SessionToken ?? '',
        },
      });
      const whoAmI = () => responder.send(new GetCallerIdentityCommand({}));
      expect(await whoAmI()).toMatchObject({
        Account: '123456789012',
        Arn: 'arn:aws:sts::123456789012:assumed-role/Responder/run-1',
        UserId: expect.stringMatching(/^AROA.*:run-1$/),
      });
      await expect(act.send(new AssumeRoleCommand({ ...command, RoleArn: arn('Act') }))).rejects.toMatchObject({
        name: 'AccessDenied',
        message: expect.stringContaining('no identity-based policy allows'),
      });
      await clock.advance(900_000);
      await expect(whoAmI()).rejects.toThrow(/expired/);
    }));

  it('without a session is the administrator', () =>
    throughDoor([stsService], async ({ account }) => {
      const sts = new STSClient(clientOptions(account));
      expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
        Arn: 'arn:aws:iam::123456789012:root',
        UserId: '123456789012',
      });
    }));
});
