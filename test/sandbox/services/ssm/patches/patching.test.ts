import type {
  DescribeInstancePatchesResult,
  ListComplianceItemsResult,
  ListResourceComplianceSummariesResult,
} from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { HOST, listen, OTHER, patchOf, type Stage, stageOf, THIRD } from '../stage.ts';

const patches = [
  patchOf('kernel.x86_64', { severity: 'Critical', complianceLevel: 'CRITICAL', cveIds: ['CVE-2026-1', 'CVE-2026-2'] }),
  patchOf('bash.x86_64', { classification: 'Bugfix' }),
  patchOf('glibc.x86_64', { state: 'Installed', installedAt: Date.parse('2026-11-01T00:00:00Z') }),
];

const pings = async (stage: Stage): Promise<string | undefined> => {
  const { InstanceInformationList } = await stage.run<{ InstanceInformationList: { PingStatus: string }[] }>(
    'DescribeInstanceInformation',
    {},
  );
  return InstanceInformationList[0]?.PingStatus;
};

describe('AWS-RunPatchBaseline', () => {
  test('a node of which nothing was reported has no patch state; a scan finds what is missing, and installs nothing', async () => {
    const stage = stageOf({ [HOST]: { patches } });
    expect(await stage.patchState()).toBeUndefined();
    const command = await stage.patch({ Operation: 'Scan', SnapshotId: '01234567-89ab-4cde-a012-3456789abcde' });
    await stage.seconds(120);
    expect(await stage.command(command)).toMatchObject({ Status: 'Success' });
    expect(await stage.patchState()).toMatchObject({
      Operation: 'Scan',
      SnapshotId: '01234567-89ab-4cde-a012-3456789abcde',
      MissingCount: 2,
      InstalledCount: 1,
      InstalledPendingRebootCount: 0,
      FailedCount: 0,
      CriticalNonCompliantCount: 1,
      SecurityNonCompliantCount: 1,
      OtherNonCompliantCount: 1,
    });
    expect((await stage.patchState())?.RebootOption).toBeUndefined();
  });

  test('an installation reboots the node, which is not heard meanwhile, and leaves nothing pending', async () => {
    const stage = stageOf({ [HOST]: { patches, behaviours: [{ answers: true, seconds: 100 }] } });
    const command = await stage.patch({ Operation: 'Install' });
    await stage.seconds(110);
    expect(await pings(stage)).toBe('ConnectionLost');
    expect(await stage.command(command)).toMatchObject({ Status: 'InProgress' });
    await expect(stage.send()).rejects.toMatchObject({ code: 'InvalidInstanceId' });
    await stage.seconds(120);
    expect(await pings(stage)).toBe('Online');
    expect(await stage.command(command)).toMatchObject({ Status: 'Success' });
    expect(await stage.patchState()).toMatchObject({
      Operation: 'Install',
      RebootOption: 'RebootIfNeeded',
      InstalledCount: 3,
      MissingCount: 0,
      InstalledPendingRebootCount: 0,
      OtherNonCompliantCount: 0,
    });
  });

  test('with NoReboot it succeeds, and the node is not compliant: patches await the reboot', async () => {
    const stage = stageOf({ [HOST]: { patches } });
    const command = await stage.patch({ Operation: 'Install', RebootOption: 'NoReboot' });
    await stage.seconds(400);
    expect(await stage.command(command)).toMatchObject({ Status: 'Success' });
    expect(await pings(stage)).toBe('Online');
    const state = await stage.patchState();
    expect(state).toMatchObject({
      RebootOption: 'NoReboot',
      InstalledCount: 1,
      InstalledPendingRebootCount: 2,
      MissingCount: 0,
      CriticalNonCompliantCount: 1,
    });
    expect(state?.LastNoRebootInstallOperationTime).toEqual(state?.OperationEndTime);
    // The next one finds them pending, and reboots for them.
    await stage.patch({ Operation: 'Install' });
    await stage.seconds(400);
    expect(await stage.patchState()).toMatchObject({ InstalledCount: 3, InstalledPendingRebootCount: 0 });
  });

  test('with nothing to install it does not reboot', async () => {
    const stage = stageOf({ [HOST]: { patches: [patchOf('a', { state: 'Installed' })] } });
    await stage.patch({ Operation: 'Install' });
    for (let second = 0; second < 300; second += 10) {
      await stage.seconds(10);
      expect(await pings(stage)).toBe('Online');
    }
    expect(await stage.patchState()).toMatchObject({ InstalledCount: 1, RebootOption: 'RebootIfNeeded' });
  });

  test('a patch that cannot be installed fails the command, and is reported; the others are installed', async () => {
    const stage = stageOf({ [HOST]: { patches: [patchOf('a'), patchOf('b', { installs: false })] } });
    const command = await stage.patch({ Operation: 'Install' });
    await stage.seconds(600);
    expect(await stage.invocation(command, 'PatchLinux')).toMatchObject({ Status: 'Failed', ResponseCode: 1 });
    expect(await stage.patchState()).toMatchObject({ FailedCount: 1, InstalledCount: 1, MissingCount: 0 });
  });

  test('an operation that fails before it comes to the patches installs and reports nothing', async () => {
    const broken = { answers: true, document: 'AWS-RunPatchBaseline', exitCode: 1, stderr: 'no space left' };
    const stage = stageOf({ [HOST]: { patches, behaviours: [broken] } });
    const command = await stage.patch({ Operation: 'Install' });
    await stage.seconds(600);
    expect(await stage.invocation(command, 'PatchLinux')).toMatchObject({
      Status: 'Failed',
      StandardErrorContent: 'no space left',
    });
    expect(await stage.patchState()).toBeUndefined();
    expect([...stage.node().patches.values()]).toEqual(patches);
  });

  test('a command that is cancelled during the reboot leaves a node that comes up all the same', async () => {
    const stage = stageOf({ [HOST]: { patches, behaviours: [{ answers: true, seconds: 100 }] } });
    const command = await stage.patch({ Operation: 'Install' });
    await stage.seconds(110);
    await stage.run('CancelCommand', { CommandId: command.CommandId });
    await stage.seconds(200);
    expect(await stage.command(command)).toMatchObject({ Status: 'Cancelled' });
    expect(await pings(stage)).toBe('Online');
  });

  test('a script that ends while the node reboots is heard of afterwards', async () => {
    const stage = stageOf({
      [HOST]: {
        patches,
        behaviours: [
          { answers: true, document: 'AWS-RunShellScript', seconds: 20 },
          { answers: true, seconds: 100 },
        ],
      },
    });
    await stage.patch({ Operation: 'Install' });
    await stage.seconds(90);
    const script = await stage.send();
    await stage.seconds(30);
    expect(await pings(stage)).toBe('ConnectionLost');
    expect(await stage.command(script)).toMatchObject({ Status: 'InProgress' });
    await stage.seconds(120);
    expect(await stage.command(script)).toMatchObject({ Status: 'Success' });
  });

  test('its steps are of three platforms: the one must be named, the others were skipped', async () => {
    const stage = stageOf();
    const command = await stage.patch({ Operation: 'Scan' });
    await stage.seconds(120);
    await expect(stage.invocation(command)).rejects.toMatchObject({ code: 'InvalidPluginName' });
    await expect(stage.invocation(command, 'PatchSolaris')).rejects.toMatchObject({ code: 'InvalidPluginName' });
    expect(await stage.invocation(command, 'PatchLinux')).toMatchObject({ Status: 'Success', ResponseCode: 0 });
    expect((await stage.invocation(command, 'PatchWindows')).StandardOutputContent).toContain('execution skipped');
    const [invocation] = await stage.invocations(command);
    expect(invocation?.CommandPlugins?.map(({ Name }) => Name)).toEqual(['PatchWindows', 'PatchLinux', 'PatchMacOS']);
  });
});

describe('what patching reports', () => {
  test('each patch with its state, as the last operation saw it', async () => {
    const stage = stageOf({ [HOST]: { patches } });
    await stage.patch({ Operation: 'Scan' });
    await stage.seconds(120);
    stage.node().patches.set('new.x86_64', patchOf('new.x86_64'));
    const list = (input: object = {}): Promise<DescribeInstancePatchesResult> =>
      stage.run('DescribeInstancePatches', { InstanceId: HOST, ...input });
    const { Patches } = await list();
    expect(Patches).toHaveLength(3);
    expect(Patches?.[0]).toEqual({
      Title: 'kernel.x86_64',
      KBId: 'kernel.x86_64',
      Classification: 'Security',
      Severity: 'Critical',
      State: 'Missing',
      InstalledTime: new Date(0),
      CVEIds: 'CVE-2026-1,CVE-2026-2',
    });
    const installed = await list({ Filters: [{ Key: 'State', Values: ['Installed'] }] });
    expect(installed.Patches).toMatchObject([{ KBId: 'glibc.x86_64', InstalledTime: new Date('2026-11-01') }]);
    await expect(list({ Filters: [{ Key: 'Colour', Values: ['red'] }] })).rejects.toMatchObject({
      code: 'InvalidFilter',
    });
    await expect(list({ InstanceId: 'i-00000000000000000' })).rejects.toMatchObject({ code: 'InvalidInstanceId' });
  });

  test('compliance items of one node', async () => {
    const stage = stageOf({ [HOST]: { patches } });
    const command = await stage.patch({ Operation: 'Scan' });
    await stage.seconds(120);
    const list = (input: object = {}): Promise<ListComplianceItemsResult> =>
      stage.run('ListComplianceItems', { ResourceIds: [HOST], ResourceTypes: ['ManagedInstance'], ...input });
    const wanting = await list({ Filters: [{ Key: 'Status', Values: ['COMPLIANT'], Type: 'NOT_EQUAL' }] });
    expect(wanting.ComplianceItems).toMatchObject([
      {
        Id: 'kernel.x86_64',
        ComplianceType: 'Patch',
        Status: 'NON_COMPLIANT',
        Severity: 'CRITICAL',
        ExecutionSummary: { ExecutionType: 'Command', ExecutionId: command.CommandId },
        Details: { PatchState: 'Missing', PatchSeverity: 'Critical', DocumentName: 'AWS-RunPatchBaseline' },
      },
      { Id: 'bash.x86_64' },
    ]);
    expect((await list()).ComplianceItems).toHaveLength(3);
    await expect(list({ ResourceIds: [HOST, HOST] })).rejects.toMatchObject({ code: 'InvalidResourceId' });
    await expect(list({ ResourceTypes: ['Toaster'] })).rejects.toMatchObject({ code: 'InvalidResourceType' });
  });

  test('a summary of each node that has reported, with its worst compliance level', async () => {
    const stage = stageOf({ [HOST]: { patches }, [OTHER]: {}, [THIRD]: {} });
    await stage.patch({ Operation: 'Scan' }, { InstanceIds: [HOST, OTHER] });
    await stage.seconds(120);
    const list = async (input: object = {}) =>
      (await stage.run<ListResourceComplianceSummariesResult>('ListResourceComplianceSummaries', input))
        .ResourceComplianceSummaryItems;
    expect(await list()).toMatchObject([
      {
        ResourceId: HOST,
        Status: 'NON_COMPLIANT',
        OverallSeverity: 'CRITICAL',
        CompliantSummary: { CompliantCount: 1 },
        NonCompliantSummary: { NonCompliantCount: 2, SeveritySummary: { CriticalCount: 1, UnspecifiedCount: 1 } },
      },
      { ResourceId: OTHER, Status: 'COMPLIANT' },
    ]);
    const compliant = await list({ Filters: [{ Key: 'Status', Values: ['COMPLIANT'] }] });
    expect(compliant).toMatchObject([{ ResourceId: OTHER }]);
  });

  test('a change of compliance is told, and a report that changes nothing is not', async () => {
    const stage = stageOf({ [HOST]: { patches } });
    const told = listen(stage);
    const compliance = () => told().filter((each) => each['detail-type'] === 'Configuration Compliance State Change');
    await stage.patch({ Operation: 'Scan' });
    await stage.seconds(120);
    expect(compliance()).toMatchObject([
      {
        resources: [`arn:aws:ssm:eu-west-1:123456789012:managed-instance/${HOST}`],
        detail: {
          'resource-type': 'managed-instance',
          'resource-id': HOST,
          'compliance-status': 'non_compliant',
          'compliance-type': 'Patch',
          severity: 'critical',
        },
      },
    ]);
    await stage.patch({ Operation: 'Install', RebootOption: 'NoReboot' });
    await stage.seconds(400);
    expect(compliance()).toHaveLength(1);
    await stage.patch({ Operation: 'Install' });
    await stage.seconds(400);
    expect(compliance().map(({ detail }) => detail['compliance-status'])).toEqual(['non_compliant', 'compliant']);
  });
});
