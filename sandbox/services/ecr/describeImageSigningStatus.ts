import type { DescribeImageSigningStatusRequest, DescribeImageSigningStatusResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { imageOf } from './imageId.ts';
import { repositoryArn, repositoryOf } from './state.ts';

/** What the account file says of ECR's own signing of the image, a status for each signing profile; nothing signs here. */
export const describeImageSigningStatus = operation<
  DescribeImageSigningStatusRequest,
  DescribeImageSigningStatusResponse
>(
  (input, account) => [
    { action: 'ecr:DescribeImageSigningStatus', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const image = imageOf(account, repository, input.imageId);
    return {
      registryId: account.id,
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: image.digest },
      signingStatuses: (image.signing ?? []).map(({ profile, status, failureCode, failureReason }) => ({
        signingProfileArn: profile,
        status,
        ...(failureCode === undefined ? {} : { failureCode }),
        ...(failureReason === undefined ? {} : { failureReason }),
      })),
    };
  },
);
