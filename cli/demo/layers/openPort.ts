import { DescribeSecurityGroupRulesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const group = 'sg-0a1b2c3d4e5f60721';

export const openPort: Layer = {
  name: 'open-port',
  title: 'A security group lets the world in to SSH: that rule is taken away, and put back exactly',
  finding: 'AWS Config `restricted-ssh`',
  sample: 'config-security-group',
  rule: 'ssh-open',
  action: 'vpc.close-ingress',
  look: async (theatre) => {
    const command = new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group] }] });
    const { SecurityGroupRules: rules = [] } = await new EC2Client(clientOf(theatre)).send(command);
    const open = rules
      .filter(({ IsEgress }) => IsEgress === false)
      .map(({ FromPort, CidrIpv4, Description }) => [FromPort, CidrIpv4, Description ?? ''].join(' ').trim());
    return `${group} lets in ${open.toSorted().join(', ')}`;
  },
  outcome: 'contained',
  told: 'digest',
};
