/** A finding: one normalised statement about one resource. Rules are patterns over this shape. */

export type FindingStatus = 'open' | 'resolved' | 'suppressed' | 'inconclusive';
export type SeverityLabel = 'critical' | 'high' | 'medium' | 'low' | 'informational' | 'unknown';

/** A container image in ECR. `digest` is null when the event named none: a tag is no identity, so nothing can be done to it. */
export interface ImageResource {
  readonly kind: 'image';
  /** `repository@digest`, or `repository` alone when there is no digest. */
  readonly id: string;
  /** The repository's ARN, which is what IAM scopes ECR calls to. */
  readonly arn: string;
  readonly repository: string;
  readonly digest: string | null;
  readonly tags: readonly string[];
}

/** Grows by one member per resource kind that a source can name. */
export type Resource = ImageResource;
export type ResourceKind = Resource['kind'];

/** How many vulnerabilities of each severity a scan counted; a key that the source left out is 0. */
export interface SeverityCounts {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly informational: number;
  readonly undefined: number;
}

export interface Vulnerability {
  readonly id: string;
  readonly score: number | null;
  readonly epss: number | null;
  readonly exploitAvailable: boolean | null;
  readonly fixAvailable: 'yes' | 'no' | 'partial' | null;
}

export interface Finding {
  /** Business key: equal for re-deliveries and re-emissions of one finding. */
  readonly id: string;
  readonly source: 'ecr' | 'inspector';
  /** As the rules match it, e.g. `ImageScan`, `PACKAGE_VULNERABILITY`. */
  readonly type: string;
  readonly status: FindingStatus;
  /** 0..10, null when the source gave none. */
  readonly severity: number | null;
  readonly label: SeverityLabel;
  /** The resource's own account and Region, not those of the envelope that delivered it. */
  readonly account: string;
  readonly region: string;
  /** ISO 8601 UTC with milliseconds, whatever the source wrote. */
  readonly observedAt: string;
  readonly title: string;
  readonly sample: boolean;
  readonly resource: Resource;
  readonly counts?: SeverityCounts;
  readonly vulnerability?: Vulnerability;
}
