import type { ReplicationRule, ReplicationStatus } from '@aws-sdk/client-ecr';
import type { Json } from '../../../shared/platform/json.ts';
import { type Account, slice } from '../../account.ts';
import { type Repository, repositories, type StoredImage } from './state.ts';

/** A copy of an image in another Region or account, as far as the registry here knows of it. */
export interface Replica {
  readonly region: string;
  readonly registryId: string;
  status: ReplicationStatus;
}

export const REPLICATED = 'ecr.replicated';

/** The registry's rules, replaced as a whole. */
export const replication = slice('ecr.replication', (): { rules: readonly ReplicationRule[] } => ({ rules: [] }));

/** The copies would be there. */
export function onReplicated(account: Account, args: Json): void {
  const { repository, digest } = args as { readonly repository: string; readonly digest: string };
  const replicas = repositories(account).get(repository)?.images.get(digest)?.replicas ?? [];
  for (const replica of replicas) replica.status = 'COMPLETE';
}

/** "Most images replicate in less than 30 minutes" (ECR user guide); here in 1 to 30, by the account's seed. */
const replicationMilliseconds = (account: Account): number => Math.round((1 + account.random.next() * 29) * 60_000);

/**
 * What a push sets going. There is no other Region or account here, so nothing is copied: the registry says when it would be.
 * What was pushed before there was a rule is not replicated.
 */
export function replicate(account: Account, repository: Repository, image: StoredImage): void {
  const rules = replication(account).rules.filter(({ repositoryFilters = [] }) =>
    covers(repositoryFilters, repository),
  );
  const replicas = rules.flatMap(({ destinations = [] }) => destinations.map(replicaIn));
  if (replicas.length === 0) return;
  image.replicas = replicas;
  const args = { repository: repository.name, digest: image.digest };
  account.clock.after(replicationMilliseconds(account), REPLICATED, args);
}

/** A rule without filters is for every repository. */
const covers = (filters: NonNullable<ReplicationRule['repositoryFilters']>, { name }: Repository): boolean =>
  filters.length === 0 || filters.some(({ filter = '' }) => name.startsWith(filter));

const replicaIn = ({
  region = '',
  registryId = '',
}: {
  readonly region?: string | undefined;
  readonly registryId?: string | undefined;
}): Replica => ({
  region,
  registryId,
  status: 'IN_PROGRESS',
});
