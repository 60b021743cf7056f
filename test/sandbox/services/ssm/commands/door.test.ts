import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  DescribeInstancePatchStatesCommand,
  GetCommandInvocationCommand,
  InvalidDocument,
  InvalidInstanceId,
  InvocationDoesNotExist,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  ListComplianceItemsCommand,
  PutParameterCommand,
  SendCommandCommand,
  SSMClient,
  ThrottlingException,
} from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { credentialsFor } from '../../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../../sandbox/iam/roles.ts';
import { ssmService } from '../../../../../sandbox/services/ssm/service.ts';
import { loadWorld } from '../../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../../sandbox/world/schema.ts';
import { clientOptions, policyOf, throughDoor } from '../../throughDoor.ts';
import { HOST, OTHER, THIRD } from '../stage.ts';

const world = (ssm?: object) =>
  worldSchema.parse({
    region: 'eu-west-1',
    ssm,
    clusters: [
      {
        name: 'prod',
        containerInstances: [
          {
            ec2InstanceId: HOST,
            tags: { team: 'web' },
            ssm: { patches: [{ id: 'kernel.x86_64' }], commands: [{ script: 'false', exitCode: 1, stderr: 'no' }] },
          },
          { ec2InstanceId: OTHER, tags: { team: 'web' }, ssm: {} },
          { ec2InstanceId: THIRD },
        ],
      },
    ],
  });

const script = (InstanceIds: string[], ...commands: string[]) =>
  new SendCommandCommand({ InstanceIds, DocumentName: 'AWS-RunShellScript', Parameters: { commands } });

it('answers the client in its own types', () =>
  throughDoor([ssmService], async ({ account, clock }) => {
    loadWorld(account, world());
    const ssm = new SSMClient(clientOptions(account));
    const { Command } = await ssm.send(script([HOST], 'false'));
    const CommandId = Command?.CommandId;
    expect(Command?.RequestedDateTime).toEqual(new Date('2026-11-24T08:00:00.000Z'));
    const early = ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: HOST }));
    await expect(early).rejects.toBeInstanceOf(InvocationDoesNotExist);
    await clock.advance(30_000);
    const done = await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: HOST }));
    expect(done).toMatchObject({ Status: 'Failed', ResponseCode: 1, StandardErrorContent: 'no' });
    const { CommandInvocations } = await ssm.send(new ListCommandInvocationsCommand({ CommandId, Details: true }));
    expect(CommandInvocations?.[0]?.CommandPlugins?.[0]).toMatchObject({
      Name: 'aws:runShellScript',
      ResponseFinishDateTime: expect.any(Date),
    });
    const { Commands } = await ssm.send(new ListCommandsCommand({ Filters: [{ key: 'Status', value: 'Failed' }] }));
    expect(Commands?.map((each) => each.CommandId)).toEqual([CommandId]);
    await ssm.send(new CancelCommandCommand({ CommandId }));
  }));

it('shows the hosts of an account file: managed, with what was scanned', () =>
  throughDoor([ssmService], async ({ account }) => {
    loadWorld(account, world());
    const ssm = new SSMClient(clientOptions(account));
    const { InstanceInformationList } = await ssm.send(new DescribeInstanceInformationCommand({}));
    expect(InstanceInformationList?.map(({ InstanceId }) => InstanceId)).toEqual([HOST, OTHER]);
    const states = await ssm.send(new DescribeInstancePatchStatesCommand({ InstanceIds: [HOST, OTHER, THIRD] }));
    expect(states.InstancePatchStates).toMatchObject([
      { InstanceId: HOST, MissingCount: 1, OperationEndTime: new Date('2026-11-24T08:00:00.000Z') },
      { InstanceId: OTHER, MissingCount: 0 },
    ]);
    const { ComplianceItems } = await ssm.send(new ListComplianceItemsCommand({ ResourceIds: [HOST] }));
    expect(ComplianceItems?.[0]).toMatchObject({ Id: 'kernel.x86_64', Status: 'NON_COMPLIANT' });
  }));

it("errors are the SDK's own", () =>
  throughDoor([ssmService], async ({ account }) => {
    loadWorld(account, world({ throughput: 'standard' }));
    const ssm = new SSMClient(clientOptions(account));
    await expect(ssm.send(script([HOST, THIRD], 'w'))).rejects.toBeInstanceOf(InvalidInstanceId);
    const unknown = ssm.send(new SendCommandCommand({ InstanceIds: [HOST], DocumentName: 'Acme' }));
    await expect(unknown).rejects.toBeInstanceOf(InvalidDocument);
    const put = () => ssm.send(new PutParameterCommand({ Name: '/a', Value: 'x', Type: 'String', Overwrite: true }));
    for (const _ of [1, 2, 3]) await put();
    await expect(put()).rejects.toBeInstanceOf(ThrottlingException);
  }));

it('a role needs the document and the node: named ones or the call is denied, targets or the invocation is', () =>
  throughDoor([ssmService], async ({ account, clock }) => {
    loadWorld(account, world());
    const document = 'arn:aws:ssm:eu-west-1::document/AWS-RunShellScript';
    const node = `arn:aws:ec2:eu-west-1:123456789012:instance/${HOST}`;
    createRole(account, {
      name: 'patcher',
      arn: 'arn:aws:iam::123456789012:role/patcher',
      trust: policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      policies: [
        { name: 'own', document: policyOf({ Effect: 'Allow', Action: 'ssm:SendCommand', Resource: [document, node] }) },
      ],
    });
    const ssm = new SSMClient(clientOptions(account, credentialsFor(account, 'patcher', 'test')));
    await ssm.send(script([HOST], 'w'));
    await expect(ssm.send(script([HOST, OTHER], 'w'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `ssm:SendCommand on resource: arn:aws:ec2:eu-west-1:123456789012:instance/${OTHER}`,
      ),
    });
    const patch = new SendCommandCommand({
      InstanceIds: [HOST],
      DocumentName: 'AWS-RunPatchBaseline',
      Parameters: { Operation: ['Scan'] },
    });
    await expect(ssm.send(patch)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const { Command } = await ssm.send(
      new SendCommandCommand({
        Targets: [{ Key: 'tag:team', Values: ['web'] }],
        DocumentName: 'AWS-RunShellScript',
        Parameters: { commands: ['w'] },
      }),
    );
    await clock.advance(30_000);
    const root = new SSMClient(clientOptions(account));
    const { CommandInvocations } = await root.send(
      new ListCommandInvocationsCommand({ CommandId: Command?.CommandId }),
    );
    expect(CommandInvocations).toMatchObject([
      { InstanceId: HOST, Status: 'Success' },
      { InstanceId: OTHER, Status: 'Failed', StatusDetails: 'AccessDenied' },
    ]);
  }));
