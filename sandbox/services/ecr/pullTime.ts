import { type Account, AwsError, type Principal, slice } from '../../account.ts';
import { roleNamed } from '../../iam/roles.ts';
import type { StoredImage } from './state.ts';

/** ARNs of the IAM principals whose pulls are not recorded. */
const exclusionsOf = slice('ecr.pullTimeExclusions', () => new Set<string>());

/** As the API's reference gives it (RegisterPullTimeUpdateExclusion). */
const PRINCIPAL = /^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(role|user)\/[\w+=,.@-]+(\/[\w+=,.@-]+)*$/;
const MOST = 100;

/** Throws AwsError InvalidParameterException, ExclusionAlreadyExistsException, LimitExceededException. */
export function excludeFromPullTime(account: Account, principalArn: string): void {
  const exclusions = exclusionsOf(account);
  if (!PRINCIPAL.test(principalArn) || principalArn.length > 200) {
    throw new AwsError('InvalidParameterException', `'${principalArn}' is not the ARN of an IAM role or user`);
  }
  if (exclusions.has(principalArn)) {
    throw new AwsError('ExclusionAlreadyExistsException', `'${principalArn}' is excluded already`);
  }
  if (exclusions.size >= MOST) {
    throw new AwsError('LimitExceededException', `A registry has at most ${MOST} pull time update exclusions`);
  }
  exclusions.add(principalArn);
}

/**
 * "Amazon ECR updates the LastRecordedPullTime timestamp on every pull except for pulls by Amazon Inspector" and by a role of
 * this list (ECR user guide, "Pull-time update exclusions"). Reading a manifest is the only pull there is here.
 */
export function recordPull(account: Account, principal: Principal, image: StoredImage): void {
  const role = principal.kind === 'role' ? roleNamed(account, principal.roleName) : undefined;
  if (role !== undefined && exclusionsOf(account).has(role.arn)) return;
  image.lastPulledAt = account.clock.now();
}
