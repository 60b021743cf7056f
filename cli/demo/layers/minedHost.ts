import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const host = 'i-0ab12cd34ef567890';

export const minedHost: Layer = {
  name: 'mined-host',
  title:
    'A host asks for a pool of miners: its volumes are kept as they are, it is cut off the network, and its open connections end',
  finding: 'GuardDuty `CryptoCurrency:EC2/BitcoinTool.B!DNS`',
  sample: 'guardduty-instance-bitcoin-dns',
  rule: 'threat-host',
  action: 'ec2.isolate',
  look: async (theatre) => {
    const { Reservations: [reservation] = [] } = await new EC2Client(clientOf(theatre)).send(
      new DescribeInstancesCommand({ InstanceIds: [host] }),
    );
    const groups = reservation?.Instances?.[0]?.SecurityGroups ?? [];
    return `${host} is in ${groups.map(({ GroupName }) => GroupName).join(', ')}`;
  },
  outcome: 'contained',
  told: 'page',
};
