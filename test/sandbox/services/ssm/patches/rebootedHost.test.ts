import { describe, expect, test } from 'vitest';
import { commands } from '../../../../../sandbox/services/ssm/commands/state.ts';
import { managedNodes } from '../../../../../sandbox/services/ssm/nodes/state.ts';
import { ssmService } from '../../../../../sandbox/services/ssm/service.ts';
import { invoke } from '../../../invoke.ts';
import { watched } from '../../ecs/watched.ts';
import { workloads } from '../../ecs/workloads.ts';
import { HOST } from '../stage.ts';

describe('a host of ECS that a command reboots', () => {
  const host = (commands: readonly object[] = []) => ({
    ec2InstanceId: HOST,
    ssm: {
      platform: { type: 'Linux', name: 'Amazon Linux', version: '2023' },
      patches: [{ id: 'kernel', severity: 'Critical', classification: 'Security', state: 'Missing' }],
      commands,
    },
  });
  const world = (commands?: readonly object[]) => {
    const all = workloads({ hosts: [host(commands)], api: { launchType: 'EC2' } });
    const first = watched(all).tasks();
    const send = async (name: string, Parameters: object): Promise<void> => {
      const input = { InstanceIds: [HOST], DocumentName: name, Parameters };
      await invoke(ssmService, 'SendCommand', input, all.call());
    };
    return { ...all, first, send, wanted: () => watched(all).wanted() };
  };

  test('loses its tasks when it installs patches, and has new ones', async () => {
    const { clock, first, send, wanted } = world();
    await send('AWS-RunPatchBaseline', { Operation: ['Install'] });
    await clock.advance(600_000);
    expect(first.map(({ status, stopCode }) => [status, stopCode])).toEqual(
      Array(2).fill(['STOPPED', 'EssentialContainerExited']),
    );
    expect(wanted().map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING']);
  });

  test('keeps them with NoReboot', async () => {
    const { clock, first, send } = world();
    await send('AWS-RunPatchBaseline', { Operation: ['Install'], RebootOption: ['NoReboot'] });
    await clock.advance(600_000);
    expect(first.map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING']);
  });

  test('loses them when a script asks for a reboot by its exit code, and the script then runs to its end', async () => {
    const { account, clock, first, send, wanted } = world([{ script: 'yum -y update', exitCode: 194 }]);
    await send('AWS-RunShellScript', { commands: ['yum -y update && exit 194'] });
    await clock.advance(20_000);
    expect(managedNodes(account).get(HOST)?.ping).toBe('ConnectionLost');
    await clock.advance(200_000);
    expect(first.map(({ status }) => status)).toEqual(['STOPPED', 'STOPPED']);
    expect(wanted().map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING']);
    const [command] = commands(account).values();
    expect(command?.status).toBe('Success');
  });
});
