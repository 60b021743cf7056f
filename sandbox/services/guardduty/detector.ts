import { type Account, AwsError, slice } from '../../account.ts';

/** A type of compute whose agent GuardDuty puts there and keeps up by itself. */
export type Managed = 'FARGATE' | 'EC2';

export interface Detector {
  readonly id: string;
  enabled: boolean;
  runtimeMonitoring: boolean;
  managed: readonly Managed[];
  /** Milliseconds since the epoch, virtual. */
  readonly since: number;
  /** Name of a cluster -> what GuardDuty says is wrong with its coverage. */
  readonly unhealthy: Map<string, string>;
}

/** The account's one detector of this Region, where there is one. */
export const guardDuty = slice('guardduty', (): { detector: Detector | undefined } => ({ detector: undefined }));

/** Throws the error that AWS answers for an id that is none of this account's detectors. */
export function detectorOf(account: Account, id: string): Detector {
  const { detector } = guardDuty(account);
  if (detector?.id === id) return detector;
  const words = 'The request is rejected because the input detectorId is not owned by the current account.';
  throw new AwsError('BadRequestException', words);
}

export const detectorArn = (account: Account, id: string): string =>
  `arn:aws:guardduty:${account.region}:${account.id}:detector/${id}`;
