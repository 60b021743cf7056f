import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const host = 'i-0ab12cd34ef567890';

export const oldMetadata: Layer = {
  name: 'old-metadata',
  title:
    'The metadata service of a host answers without a token, which nothing on it needs: from now on it asks for one',
  finding: 'AWS Config `ec2-imdsv2-check`',
  sample: 'config-instance',
  rule: 'imds-v1',
  action: 'ec2.require-imdsv2',
  look: async (theatre) => {
    const command = new DescribeInstancesCommand({ InstanceIds: [host] });
    const { Reservations = [] } = await new EC2Client(clientOf(theatre)).send(command);
    return `${host}: tokens ${Reservations[0]?.Instances?.[0]?.MetadataOptions?.HttpTokens}`;
  },
  outcome: 'contained',
  told: 'digest',
};
