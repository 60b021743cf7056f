import { type Account, AwsError } from '../../../account.ts';
import type { Repository } from '../state.ts';
import type { Lifecycle } from './state.ts';

/** The policy of a repository. Throws AwsError LifecyclePolicyNotFoundException. */
export function lifecycleOf(account: Account, { name, lifecycle }: Repository): Lifecycle {
  if (lifecycle !== undefined) return lifecycle;
  throw new AwsError(
    'LifecyclePolicyNotFoundException',
    `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${account.id}'`,
  );
}
