import type { Account } from '../../account.ts';
import { putServiceEvent } from '../eventbridge/bus.ts';
import type { Frequency } from './registryScanning.ts';
import type { Repository, StoredImage } from './state.ts';

/** What `ECR Image Action` says besides the image. A tag is named only where the action was on a tag. */
export interface ImageAction {
  readonly 'action-type': 'PUSH' | 'DELETE' | 'UPDATE_STORAGE_CLASS';
  readonly 'target-storage-class'?: 'STANDARD' | 'ARCHIVE';
  readonly 'last-activated-at'?: string;
  readonly 'image-tag'?: string;
}

/**
 * Emits `ECR Image Action` (ECR user guide, "Amazon ECR events and EventBridge"): `resources` is empty, and a change of storage
 * class, which is of the image and not of a tag, is one event without `image-tag`. Of a signature or another attachment it is an
 * `ECR Referrer Action`.
 */
export function imageAction(account: Account, repository: Repository, image: StoredImage, action: ImageAction): void {
  putServiceEvent(account, {
    source: 'aws.ecr',
    detailType: image.subject === undefined ? 'ECR Image Action' : 'ECR Referrer Action',
    resources: [],
    detail: {
      ...action,
      result: 'SUCCESS',
      'repository-name': repository.name,
      'image-digest': image.digest,
      'manifest-media-type': image.mediaType,
      ...(image.artifactMediaType === undefined ? {} : { 'artifact-media-type': image.artifactMediaType }),
    },
  });
}

/**
 * Emits `ECR Image Scan` of a basic scan that ended (ECR user guide, the same page). A severity without a finding is not
 * among the counts, and an image without a tag has an empty list.
 */
export function imageScan(account: Account, repository: Repository, image: StoredImage): void {
  const found = Object.entries(image.scan ?? {}).filter(([, count]) => count > 0);
  putServiceEvent(account, {
    source: 'aws.ecr',
    detailType: 'ECR Image Scan',
    resources: [repository.arn],
    detail: {
      'scan-status': 'COMPLETE',
      'repository-name': repository.name,
      'finding-severity-counts': Object.fromEntries(found),
      'image-digest': image.digest,
      'image-tags': [...image.tags],
    },
  });
}

/** Emits `ECR Scan Resource Change` (ECR user guide, the same page), which enhanced scanning alone does. */
export function scanFrequencyChange(
  account: Account,
  changed: readonly { readonly repository: Repository; readonly previous: Frequency; readonly frequency: Frequency }[],
): void {
  putServiceEvent(account, {
    source: 'aws.ecr',
    detailType: 'ECR Scan Resource Change',
    resources: [],
    detail: {
      'action-type': 'SCAN_FREQUENCY_CHANGE',
      repositories: changed.map(({ repository: { name, arn }, previous, frequency }) => ({
        'repository-name': name,
        'repository-arn': arn,
        'scan-frequency': frequency,
        'previous-scan-frequency': previous,
      })),
      'resource-type': 'REPOSITORY',
      'scan-type': 'ENHANCED',
    },
  });
}
