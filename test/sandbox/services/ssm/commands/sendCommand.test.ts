import type { SendCommandRequest } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { ssmService } from '../../../../../sandbox/services/ssm/service.ts';
import { HOST, OTHER, stageOf, THIRD } from '../stage.ts';

const refused = (promise: Promise<unknown>, code: string): Promise<void> =>
  expect(promise).rejects.toMatchObject({ code });

describe('SendCommand', () => {
  test('answers with the command as it was taken', async () => {
    const stage = stageOf();
    const command = await stage.send({ Comment: 'look', TimeoutSeconds: 600 });
    expect(command).toMatchObject({
      DocumentName: 'AWS-RunShellScript',
      DocumentVersion: '$DEFAULT',
      Comment: 'look',
      InstanceIds: [HOST],
      Targets: [],
      Status: 'Pending',
      StatusDetails: 'Pending',
      MaxConcurrency: '50',
      MaxErrors: '0',
      TargetCount: 1,
      CompletedCount: 0,
      Parameters: { commands: ['uptime'] },
    });
    // TimeoutSeconds and the script's own 3600 together.
    expect(command.ExpiresAfter).toEqual(new Date(stage.clock.now() + 4_200_000));
  });

  test('fails as a whole for one id that is no managed node, and sends nothing', async () => {
    const stage = stageOf();
    const sent = stage.send({ InstanceIds: [HOST, OTHER] });
    await expect(sent).rejects.toMatchObject({
      code: 'InvalidInstanceId',
      message: `Instances [[${OTHER}]] not in a valid state for account 123456789012`,
    });
    expect(await stage.run('ListCommands', {})).toEqual({ Commands: [] });
  });

  test.each(['ConnectionLost', 'Inactive'] as const)('fails as a whole for one node that is %s', async (ping) => {
    const stage = stageOf({ [HOST]: {}, [OTHER]: { ping } });
    await refused(stage.send({ InstanceIds: [HOST, OTHER] }), 'InvalidInstanceId');
    await stage.send({ InstanceIds: [HOST] });
  });

  test.each<[string, Partial<SendCommandRequest>, string]>([
    ['a document that is not there', { DocumentName: 'Acme-Patch' }, 'InvalidDocument'],
    ['a version that is not there', { DocumentVersion: '7' }, 'InvalidDocumentVersion'],
    ['an id twice', { InstanceIds: [HOST, HOST] }, 'DuplicateInstanceId'],
    [
      '51 ids',
      { InstanceIds: Array.from({ length: 51 }, (_, n) => `i-${String(n).padStart(17, '0')}`) },
      'ValidationException',
    ],
    ['an id of another form', { InstanceIds: ['host-1'] }, 'ValidationException'],
    ['nobody', { InstanceIds: [] }, 'ValidationException'],
    ['ids and targets', { InstanceIds: [HOST], Targets: [{ Key: 'tag:a', Values: ['b'] }] }, 'ValidationException'],
    [
      'six targets',
      { Targets: Array.from({ length: 6 }, () => ({ Key: 'tag:a', Values: ['b'] })) },
      'ValidationException',
    ],
    ['a comment of 101 characters', { Comment: 'x'.repeat(101) }, 'ValidationException'],
    ['a time-out below 30 seconds', { TimeoutSeconds: 29 }, 'ValidationException'],
    ['a time-out above 30 days', { TimeoutSeconds: 2_592_001 }, 'ValidationException'],
    ['no concurrency', { MaxConcurrency: '0' }, 'ValidationException'],
    ['errors that are no number', { MaxErrors: 'few' }, 'ValidationException'],
    ['no script', { Parameters: {} }, 'InvalidParameters'],
    ['a parameter that the document has not', { Parameters: { commands: ['w'], shell: ['sh'] } }, 'InvalidParameters'],
    ['three days for a script', { Parameters: { commands: ['w'], executionTimeout: ['259200'] } }, 'InvalidParameters'],
    [
      'a notification, which is not modelled',
      { NotificationConfig: { NotificationType: 'Command' } },
      'ValidationException',
    ],
  ])('refuses %s', async (_what, input, code) => {
    await refused(stageOf().send(input), code);
  });

  test.each<[string, Partial<SendCommandRequest>]>([
    ['a comment of 100 characters', { Comment: 'x'.repeat(100) }],
    ['30 seconds', { TimeoutSeconds: 30 }],
    ['30 days', { TimeoutSeconds: 2_592_000 }],
    ['a share of concurrency and errors', { MaxConcurrency: '10%', MaxErrors: '0%' }],
    ['the version $LATEST', { DocumentVersion: '$LATEST' }],
    ["a document's ARN", { DocumentName: 'arn:aws:ssm:eu-west-1::document/AWS-RunShellScript' }],
  ])('takes %s', async (_what, input) => {
    expect(await stageOf().send(input)).toMatchObject({ DocumentName: 'AWS-RunShellScript' });
  });

  test.each([
    [{}, 'Operation'],
    [{ Operation: 'Upgrade' }, 'Operation'],
    [{ Operation: 'Install', RebootOption: 'Later' }, 'RebootOption'],
    [{ Operation: 'Install', SnapshotId: 'mine' }, 'SnapshotId'],
  ])('refuses to patch with %j', async (parameters, named) => {
    await expect(stageOf().patch(parameters as Record<string, string>)).rejects.toMatchObject({
      code: 'InvalidParameters',
      message: expect.stringContaining(named),
    });
  });

  test('refuses a node of a platform that the document is not for', async () => {
    const windows = { platform: { type: 'Windows', name: 'Windows Server', version: '2022' } } as const;
    await refused(stageOf({ [HOST]: windows }).send(), 'UnsupportedPlatformType');
    await stageOf({ [HOST]: windows }).patch({ Operation: 'Scan' });
  });
});

describe('targets', () => {
  const tagged = {
    [HOST]: { tags: { stage: 'prod', role: 'web' } },
    [OTHER]: { tags: { stage: 'prod', role: 'db' } },
    [THIRD]: { tags: { stage: 'test', role: 'web' } },
  };

  test('every key must hold, one of its values', async () => {
    const stage = stageOf(tagged);
    const nodesOf = async (...Targets: { Key: string; Values: string[] }[]) => {
      const command = await stage.send({ Targets });
      await stage.seconds(3);
      return (await stage.invocations(command)).map(({ InstanceId }) => InstanceId);
    };
    expect(await nodesOf({ Key: 'tag:stage', Values: ['prod'] })).toEqual([HOST, OTHER]);
    expect(await nodesOf({ Key: 'tag:stage', Values: ['prod', 'test'] }, { Key: 'tag:role', Values: ['web'] })).toEqual(
      [HOST, THIRD],
    );
    expect(await nodesOf({ Key: 'InstanceIds', Values: [OTHER, 'i-00000000000000000'] })).toEqual([OTHER]);
    await refused(nodesOf({ Key: 'resource-groups:Name', Values: ['web'] }), 'ValidationException');
  });

  test('none that fits is a success of nothing', async () => {
    const stage = stageOf(tagged);
    const command = await stage.send({ Targets: [{ Key: 'tag:stage', Values: ['dev'] }] });
    expect(await stage.command(command)).toMatchObject({
      Status: 'Success',
      StatusDetails: 'NoInstancesInTag',
      TargetCount: 0,
    });
  });

  test('a target that does not answer is undeliverable, and does not fail the rest', async () => {
    const stage = stageOf({ [HOST]: { tags: { a: 'b' } }, [OTHER]: { tags: { a: 'b' }, ping: 'ConnectionLost' } });
    const command = await stage.send({ Targets: [{ Key: 'tag:a', Values: ['b'] }] });
    await stage.seconds(30);
    expect(await stage.invocations(command)).toMatchObject([
      { InstanceId: HOST, Status: 'Success' },
      { InstanceId: OTHER, Status: 'Failed', StatusDetails: 'Undeliverable' },
    ]);
    expect(await stage.command(command)).toMatchObject({ Status: 'Success', CompletedCount: 2, ErrorCount: 0 });
  });

  test('all of them out of reach, the command has failed', async () => {
    const stage = stageOf({ [HOST]: { tags: { a: 'b' }, ping: 'Inactive' } });
    const command = await stage.send({ Targets: [{ Key: 'tag:a', Values: ['b'] }] });
    await stage.seconds(30);
    expect(await stage.command(command)).toMatchObject({ Status: 'Failed', ErrorCount: 0 });
  });
});

test('IAM is asked about the document, of AWS or our own, and about every node that is named', () => {
  const { account } = stageOf();
  const resources = (input: SendCommandRequest) =>
    ssmService.operations['SendCommand']?.needs(input as never, account).map(({ resource }) => resource);
  expect(resources({ DocumentName: 'AWS-RunPatchBaseline', InstanceIds: [HOST, 'mi-0ab12cd34ef567890'] })).toEqual([
    'arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaseline',
    `arn:aws:ec2:eu-west-1:123456789012:instance/${HOST}`,
    'arn:aws:ssm:eu-west-1:123456789012:managed-instance/mi-0ab12cd34ef567890',
  ]);
  expect(resources({ DocumentName: 'Acme-Patch' })).toEqual(['arn:aws:ssm:eu-west-1:123456789012:document/Acme-Patch']);
});
