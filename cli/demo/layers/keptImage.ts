import { DescribeImagesCommand, ECRClient, GetLifecyclePolicyCommand } from '@aws-sdk/client-ecr';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const repositoryName = 'builds/invoices';
const digest = 'sha256:b1d5a3c07e924f68a1d5c3e0792b4f68a1d5c3e0792b4f68a1d5c3e0792b4f68';

export const keptImage: Layer = {
  name: 'kept-image',
  title:
    'A scan accuses an image of builds, which its repository deletes after some days: it is kept until somebody has looked at it',
  finding: 'ECR image scan, critical, of an image that a lifecycle policy deletes',
  sample: 'ecr-scan-build',
  rule: 'image-kept',
  action: 'ecr.protect-from-lifecycle',
  look: async (theatre) => {
    const client = new ECRClient(clientOf(theatre));
    const image = new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest: digest }] });
    const [{ imageTags = [] } = {}] = (await client.send(image)).imageDetails ?? [];
    const { lifecyclePolicyText = '{}' } = await client.send(new GetLifecyclePolicyCommand({ repositoryName }));
    const { rules = [] } = JSON.parse(lifecyclePolicyText) as { readonly rules?: readonly PolicyRule[] };
    const told = rules.map(
      ({ rulePriority, selection }) => `${rulePriority} ${selection.tagPrefixList?.join() ?? selection.tagStatus}`,
    );
    return `tags ${imageTags.toSorted().join(', ')}; rules ${told.join(', ')}`;
  },
  outcome: 'observed',
  told: 'notice',
};

interface PolicyRule {
  readonly rulePriority: number;
  readonly selection: { readonly tagStatus: string; readonly tagPrefixList?: readonly string[] };
}
