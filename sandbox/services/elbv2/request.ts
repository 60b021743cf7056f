import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Account, AwsError } from '../../account.ts';
import { groupNamed } from './groups.ts';

interface Asked {
  readonly TargetGroupArn?: string | undefined;
  readonly Targets?: readonly TargetDescription[] | undefined;
}

/** The group and the targets that a call names. Throws AwsError ValidationError or TargetGroupNotFound. */
export function targetsAsked(account: Account, { TargetGroupArn, Targets }: Asked) {
  if (TargetGroupArn === undefined) throw new AwsError('ValidationError', 'A target group ARN must be specified');
  if (Targets === undefined || Targets.length === 0) {
    throw new AwsError('ValidationError', 'At least one target must be specified');
  }
  return { group: groupNamed(account, TargetGroupArn), targets: Targets };
}
