import type { GetDownloadUrlForLayerRequest, GetDownloadUrlForLayerResponse } from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../account.ts';
import { invalid } from './invalid.ts';
import { layerUrl } from './layerUrl.ts';
import { layersOf } from './manifests.ts';
import { repositoryArn, repositoryOf } from './state.ts';

const DIGEST = /^[a-zA-Z0-9_+.-]+:[a-fA-F0-9]+$/;

/** "You can only get URLs for image layers that are referenced in an image" (API Reference); here of one that is not archived. */
export const getDownloadUrlForLayer = operation<GetDownloadUrlForLayerRequest, GetDownloadUrlForLayerResponse>(
  (input, account) => [
    { action: 'ecr:GetDownloadUrlForLayer', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const { layerDigest = '' } = input;
    if (!DIGEST.test(layerDigest)) throw invalid('layerDigest', 'layer digest should satisfy the regex');
    const isThere = [...repository.images.values()].some(
      ({ status, manifest }) => status === 'ACTIVE' && layersOf(manifest).includes(layerDigest),
    );
    if (isThere) return { downloadUrl: layerUrl(account, repository.name, layerDigest), layerDigest };
    throw new AwsError(
      'LayersNotFoundException',
      `The layer with digest '${layerDigest}' does not exist in the repository with name '${repository.name}' in registry with id '${account.id}'`,
    );
  },
);
