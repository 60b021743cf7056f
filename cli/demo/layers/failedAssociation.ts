import { DescribeInstanceAssociationsStatusCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const host = 'i-0ab12cd34ef567890';

export const failedAssociation: Layer = {
  name: 'failed-association',
  title:
    'State Manager could not read the inventory of a host: that is applied again, on this host alone, and read back',
  finding: 'AWS Config `ec2-managedinstance-association-compliance-status-check`',
  sample: 'config-association',
  rule: 'association-failed',
  action: 'ssm.reapply-association',
  look: async (theatre) => {
    const { InstanceAssociationStatusInfos: all = [] } = await new SSMClient(clientOf(theatre)).send(
      new DescribeInstanceAssociationsStatusCommand({ InstanceId: host }),
    );
    return all.map(({ AssociationName, Status }) => `${AssociationName} on ${host} is ${Status}`).join(', ');
  },
  outcome: 'contained',
  told: 'digest',
  notUndone: /not taken back/,
};
