import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { ssmService } from '../../../../sandbox/services/ssm/service.ts';
import { openWire } from '../openWire.ts';

describe('a SecureString', () => {
  it('says what it holds to whoever asks to have it decrypted, and to nobody else', async () => {
    const wire = await openWire(ssmService);
    try {
      const ssm = new SSMClient(wire.config);
      await ssm.send(new PutParameterCommand({ Name: '/a/key', Value: 'secret', Type: 'SecureString' }));
      const read = (WithDecryption?: boolean) =>
        ssm.send(new GetParameterCommand({ Name: '/a/key', ...(WithDecryption ? { WithDecryption } : {}) }));
      expect((await read(true)).Parameter).toMatchObject({ Value: 'secret', Type: 'SecureString' });
      const sealed = [
        (await read()).Parameter,
        (await ssm.send(new GetParametersCommand({ Names: ['/a/key:1'] }))).Parameters?.[0],
        ...((await ssm.send(new GetParametersByPathCommand({ Path: '/a' }))).Parameters ?? []),
      ];
      expect(sealed.map((each) => each?.Type)).toContain('SecureString');
      expect(JSON.stringify(sealed)).not.toContain('"secret"');
    } finally {
      await wire.close();
    }
  });
});
