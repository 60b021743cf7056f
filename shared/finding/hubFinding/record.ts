import type { Exposure, Product, Threat, Vulnerability } from '../finding.ts';
import type { Place } from '../place.ts';
import type { Fields } from '../read.ts';
import type { Severity } from '../severity.ts';

/** A resource as Security Hub names it. */
export interface HubResource {
  /** In small letters and without `::`, so that `AwsEcsTask` and `AWS::ECS::Task` are one. */
  readonly key: string;
  /** As it is written. */
  readonly type: string;
  readonly id: string;
  readonly region: string | null;
  readonly details: Fields;
}

/** What Security Hub says of one finding, whichever of its two formats it comes in. Dates ISO 8601 UTC with milliseconds, null where absent. */
export interface HubRecord extends Place {
  readonly id: string;
  readonly product: Omit<Product, 'action'>;
  readonly title: string;
  readonly severity: Severity;
  /** The number that the product itself gave, on its own scale. */
  readonly productSeverity: number | null;
  /** What a person has set it to is not in it. */
  readonly productLabel: string | null;
  /** The product does not find it any more. */
  readonly isArchived: boolean;
  /** `PASSED`, `FAILED`, `WARNING`, `NOT_AVAILABLE`. */
  readonly compliance: string | null;
  readonly resources: readonly HubResource[];
  /** The product's own fields, flat: `aws/guardduty/service/count`. */
  readonly fields: Fields;
  readonly createdAt: string | null;
  readonly firstSeenAt: string | null;
  readonly lastSeenAt: string | null;
  /** When the product changed it; what a person does in Security Hub leaves it as it is. */
  readonly updatedAt: string | null;
  readonly vulnerability: Vulnerability | null;
  readonly exposure: Exposure | null;
  /** It speaks of somebody at work, and not of how something is. */
  readonly isThreat: boolean;
  readonly seen: Pick<Threat, 'process' | 'files' | 'names' | 'remote' | 'from'>;
  readonly isSample: boolean;
}

/** One text for a type in either format. */
export const typeKey = (type: string): string => type.replaceAll('::', '').toLowerCase();
