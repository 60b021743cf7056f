import { ConfigServiceClient, DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';
import { expect, it } from 'vitest';
import { configRecorder } from '../../../../sandbox/services/config/recorder.ts';
import { configService } from '../../../../sandbox/services/config/service.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

it('has no recorder at first, and tells of one whether it records', () =>
  throughDoor([configService], async ({ account }) => {
    const client = new ConfigServiceClient(clientOptions(account));
    const status = async (...names: string[]) => {
      const input = names.length === 0 ? {} : { ConfigurationRecorderNames: names };
      return (await client.send(new DescribeConfigurationRecorderStatusCommand(input))).ConfigurationRecordersStatus;
    };
    expect(await status()).toEqual([]);
    const at = account.clock.now();
    const recorder = { name: 'default', recording: true, lastStatus: 'SUCCESS' as const, at };
    configRecorder(account).recorder = recorder;
    const said = { name: 'default', lastStatus: 'SUCCESS', lastStatusChangeTime: new Date(at) };
    expect(await status('default')).toEqual([{ ...said, recording: true, lastStartTime: new Date(at) }]);
    recorder.recording = false;
    expect(await status()).toEqual([{ ...said, recording: false, lastStopTime: new Date(at) }]);
    await expect(status('other')).rejects.toMatchObject({ name: 'NoSuchConfigurationRecorderException' });
  }));
