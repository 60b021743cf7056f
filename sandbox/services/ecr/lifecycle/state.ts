import type { LifecyclePolicyPreviewStatus } from '@aws-sdk/client-ecr';

/** The lifecycle policy of a repository. */
export interface Lifecycle {
  /** JSON, as it was put. */
  text: string;
  /** Milliseconds since the epoch; 0, as ECR shows it, before the first time. */
  lastEvaluatedAt: number;
  /** Number of the clock event that evaluates it next. */
  next: number;
}

export interface Preview {
  readonly text: string;
  status: LifecyclePolicyPreviewStatus;
  results: readonly PreviewedImage[];
}

/** What a policy would do to one image, as it was when the preview was made. */
export interface PreviewedImage {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: number;
  readonly action: 'EXPIRE' | 'TRANSITION';
  readonly priority: number;
  readonly storageClass: 'STANDARD' | 'ARCHIVE';
}
