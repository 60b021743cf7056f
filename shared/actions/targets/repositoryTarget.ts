import type { Repository } from '@aws-sdk/client-ecr';
import { namedFailure } from '../../account/awsFailure.ts';
import { type Ownership, readOwnership, unlessItPasses } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ReadContext, Target } from '../contract.ts';
import { repositoryArn } from './imageTarget.ts';

export type RepositoryTarget = Target<'ecr-repository'>;

/** Grants on one repository: its own settings, and nothing that is in it. */
export const onRepository = (target: RepositoryTarget, ...actions: readonly string[]) =>
  actions.map((action) => ({ action, resource: repositoryArn(target) }));

/** A repository as ECR describes it. @throws TargetGone when it is not there, ActionFailed or Throttled when it cannot be read */
export async function readRepository(target: RepositoryTarget, context: ReadContext): Promise<Repository> {
  const read = readsWith(context.aws);
  try {
    const { client, DescribeRepositoriesCommand } = await read.aws.ecr();
    const { account: registryId, repository } = target;
    const answer = await client.send(
      new DescribeRepositoriesCommand({ registryId, repositoryNames: [repository] }),
      read.call,
    );
    const [found] = answer.repositories ?? [];
    if (found === undefined) throw new TargetGone(`${repository} is not there any more`);
    return found;
  } catch (error) {
    throw namedFailure(error, `Reading repository ${target.repository}`);
  }
}

/** Whose it is, and whether it is protected, as its tags say; what cannot be read protects. @throws Throttled */
export async function ownershipOf(target: RepositoryTarget, context: ReadContext): Promise<Ownership> {
  const own = await readOwnership(readsWith(context.aws), repositoryArn(target));
  return unlessItPasses(own, `Reading repository ${target.repository}`);
}
