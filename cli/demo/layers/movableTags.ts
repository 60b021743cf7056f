import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const repository = 'shop/basket-api';

export const movableTags: Layer = {
  name: 'movable-tags',
  title: 'Tags of a repository may be moved to another image: they are kept where they are',
  finding: 'AWS Config `ecr-private-tag-immutability-enabled`',
  sample: 'config-repository-tags',
  rule: 'tags-may-move',
  action: 'ecr.set-tag-immutability',
  look: async (theatre) => {
    const command = new DescribeRepositoriesCommand({ repositoryNames: [repository] });
    const [one] = (await new ECRClient(clientOf(theatre)).send(command)).repositories ?? [];
    return `tags of ${repository}: ${one?.imageTagMutability}`;
  },
  outcome: 'contained',
  told: 'digest',
};
