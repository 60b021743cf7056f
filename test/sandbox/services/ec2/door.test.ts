import {
  DescribeNetworkInterfacesCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { ec2Service } from '../../../../sandbox/services/ec2/service.ts';
import { taskInterfaces } from '../../../../sandbox/services/ecs/network.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [{ name: 'app', images: [{ digest: digest('a'), tags: ['prod'] }] }],
  taskDefinitions: [{ family: 'job', revision: 1, containers: [{ name: 'run', image: 'app:prod' }] }],
  clusters: [
    { name: 'prod', tasks: Array.from({ length: 7 }, (_, at) => ({ id: `t${at}`, taskDefinition: 'job:1' })) },
  ],
});

it('answers the client in its own types', () =>
  throughDoor([ec2Service], async ({ account }) => {
    loadWorld(account, world);
    const [one, other] = taskInterfaces(account);
    const ec2 = new EC2Client(clientOptions(account));
    const first = await ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults: 5 }));
    expect(first.NetworkInterfaces).toHaveLength(5);
    expect(first.NetworkInterfaces?.[0]).toMatchObject({
      NetworkInterfaceId: one?.eniId,
      RequesterManaged: true,
      PrivateIpAddresses: [{ PrivateIpAddress: one?.privateIp, Primary: true }],
      Attachment: { DeviceIndex: 1, DeleteOnTermination: false },
    });
    const rest = await ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults: 5, NextToken: first.NextToken }));
    expect(rest.NetworkInterfaces).toHaveLength(2);
    expect(rest.NextToken).toBeUndefined();
    const named = await ec2.send(
      new DescribeNetworkInterfacesCommand({
        NetworkInterfaceIds: [one?.eniId ?? '', other?.eniId ?? ''],
        Filters: [{ Name: 'private-ip-address', Values: ['192.168.0.1', other?.privateIp ?? ''] }],
      }),
    );
    expect(named.NetworkInterfaces?.map(({ NetworkInterfaceId }) => NetworkInterfaceId)).toEqual([other?.eniId]);
  }));

it('answers with no interfaces where there are none', () =>
  throughDoor([ec2Service], async ({ account }) => {
    const ec2 = new EC2Client(clientOptions(account));
    expect((await ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces ?? []).toEqual([]);
  }));

it('words its errors as EC2 does', () =>
  throughDoor([ec2Service], async ({ account }) => {
    loadWorld(account, world);
    const ec2 = new EC2Client(clientOptions(account));
    const missing = ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-0123456789abcdef0'] }));
    await expect(missing).rejects.toMatchObject({
      name: 'InvalidNetworkInterfaceID.NotFound',
      message: "The networkInterface ID 'eni-0123456789abcdef0' does not exist",
      $metadata: { httpStatusCode: 400 },
    });
    const NetworkInterfaceId = taskInterfaces(account)[0]?.eniId;
    const change = new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: ['sg-0123456789abcdef0'] });
    await expect(ec2.send(change)).rejects.toMatchObject({ name: 'AuthFailure' });
    const stranger = new EC2Client({
      ...clientOptions(account),
      credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' },
    });
    await expect(stranger.send(change)).rejects.toMatchObject({ name: 'AuthFailure' });
  }));

it('refuses a role in the words of EC2', () =>
  throughDoor([ec2Service], async ({ account }) => {
    createRole(account, {
      name: 'Reader',
      arn: 'arn:aws:iam::123456789012:role/Reader',
      trust: policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      policies: [
        {
          name: 'own',
          document: policyOf({ Effect: 'Allow', Action: 'ec2:DescribeNetworkInterfaces', Resource: '*' }),
        },
      ],
    });
    const ec2 = new EC2Client(clientOptions(account, credentialsFor(account, 'Reader', 'run')));
    await ec2.send(new DescribeNetworkInterfacesCommand({}));
    const change = { NetworkInterfaceId: 'eni-0123456789abcdef0', Groups: ['sg-0123456789abcdef0'] };
    await expect(ec2.send(new ModifyNetworkInterfaceAttributeCommand(change))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringMatching(/^You are not authorized to perform this operation\. User: arn:aws:sts::/),
      $metadata: { httpStatusCode: 403 },
    });
  }));
