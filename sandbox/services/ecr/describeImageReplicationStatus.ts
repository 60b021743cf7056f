import type {
  DescribeImageReplicationStatusRequest,
  DescribeImageReplicationStatusResponse,
} from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { imageOf } from './imageId.ts';
import { repositoryArn, repositoryOf } from './state.ts';

/** Empty for an image that was pushed when no rule was for it. */
export const describeImageReplicationStatus = operation<
  DescribeImageReplicationStatusRequest,
  DescribeImageReplicationStatusResponse
>(
  (input, account) => [
    { action: 'ecr:DescribeImageReplicationStatus', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const { digest, replicas = [] } = imageOf(account, repository, input.imageId);
    return {
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: digest },
      replicationStatuses: replicas.map((replica) => ({ ...replica })),
    };
  },
);
