import { DescribeNetworkAclsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const Filters = [{ Name: 'tag:firebreak:block', Values: ['allowed'] }];

export const deniedAddress: Layer = {
  name: 'denied-address',
  title:
    'Somebody tries the passwords of a host: the address is denied both ways in the network ACL of its subnet, before what lets it through',
  finding: 'GuardDuty `UnauthorizedAccess:EC2/SSHBruteForce`',
  sample: 'guardduty-instance-brute-force',
  // The sample's address is one for documentation, which nobody has and which is never blocked.
  named: () => ({ '198.51.100.23': '192.175.48.23' }),
  rule: 'attacker-denied',
  action: 'vpc.block-address',
  look: async (theatre) => {
    const { NetworkAcls: [acl] = [] } = await new EC2Client(clientOf(theatre)).send(
      new DescribeNetworkAclsCommand({ Filters }),
    );
    const listed = (isEgress: boolean): string =>
      (acl?.Entries ?? [])
        .filter(({ Egress }) => Egress === isEgress)
        .map(({ RuleNumber, RuleAction, CidrBlock }) => `${RuleNumber} ${RuleAction} ${CidrBlock}`)
        .join(', ');
    return `${acl?.NetworkAclId}: in ${listed(false)}; out ${listed(true)}`;
  },
  outcome: 'observed',
  told: 'notice',
};
