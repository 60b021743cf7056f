import { failureOf } from './awsFailure.ts';
import { attempt, everyPage, type Reads, type Unread } from './reads.ts';
import { nameInArn } from './roleUsers.ts';

/** A service account that the trust policy of a role names in full, as one that comes in by a web identity token of its cluster (IRSA). */
export interface WebIdentity {
  /** `oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE`: of the cluster whose tokens are taken. */
  readonly issuer: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** A service account that a role is given to. */
export interface RoleAccount {
  /** Name of the cluster; the issuer of its tokens, where no cluster of the account and Region has it. */
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** It comes in by a token that anybody may show who has it. */
  readonly byToken: boolean;
}

/** Whom a role lets in of pods. */
export interface PodTrust {
  /** EKS Pod Identity: then the associations of each cluster say to whom it is given. */
  readonly podIdentity: boolean;
  readonly webIdentities: readonly WebIdentity[];
}

/**
 * The service accounts of this account and Region that a role is given to. Nothing is read for a role that lets in none. What cannot be read
 * is in `unread`.
 */
export async function readRoleAccounts(
  read: Reads,
  role: string,
  { podIdentity, webIdentities }: PodTrust,
  unread: Unread[],
): Promise<readonly RoleAccount[]> {
  if (!podIdentity && webIdentities.length === 0) return [];
  const clusters = await attempt(unread, 'EKS clusters', () => readEksClusters(read));
  const found: RoleAccount[] = [];
  const names = new Map<string, string>();
  for (const cluster of clusters ?? []) {
    if (podIdentity) {
      const its = await attempt(unread, `Pod Identity associations of ${cluster}`, () =>
        readAssociations(read, cluster, role),
      );
      found.push(...(its ?? []));
    }
    if (webIdentities.length > 0) {
      const issuer = await attempt(unread, `EKS cluster ${cluster}`, () => unlessGone(() => readIssuer(read, cluster)));
      if (issuer != null) names.set(issuer, cluster);
    }
  }
  const byToken = webIdentities.map(({ issuer, ...account }) => ({
    ...account,
    cluster: names.get(issuer) ?? issuer,
    byToken: true,
  }));
  return [...found, ...byToken];
}

/** Names of the EKS clusters of the account and Region, all pages. */
export async function readEksClusters(read: Reads): Promise<readonly string[]> {
  const { client, ListClustersCommand } = await read.aws.eks();
  const pages = await everyPage(
    (nextToken) => client.send(new ListClustersCommand({ nextToken }), read.call),
    (page) => page.nextToken,
  );
  return pages.flatMap((page) => page.clusters ?? []);
}

async function readIssuer(read: Reads, name: string): Promise<string | null> {
  const { client, DescribeClusterCommand } = await read.aws.eks();
  const { cluster } = await client.send(new DescribeClusterCommand({ name }), read.call);
  return cluster?.identity?.oidc?.issuer?.replace(/^https:\/\//, '') ?? null;
}

/** A list names no roles: each association is asked for its own. */
async function readAssociations(read: Reads, clusterName: string, role: string): Promise<readonly RoleAccount[]> {
  const { client, ListPodIdentityAssociationsCommand, DescribePodIdentityAssociationCommand } = await read.aws.eks();
  const pages = await unlessGone(() =>
    everyPage(
      (nextToken) => client.send(new ListPodIdentityAssociationsCommand({ clusterName, nextToken }), read.call),
      (page) => page.nextToken,
    ),
  );
  const found: RoleAccount[] = [];
  for (const { associationId } of pages?.flatMap((page) => page.associations ?? []) ?? []) {
    const command = new DescribePodIdentityAssociationCommand({ clusterName, associationId });
    const { association } = (await unlessGone(() => client.send(command, read.call))) ?? {};
    const { roleArn, targetRoleArn, namespace, serviceAccount } = association ?? {};
    const isOne = [roleArn, targetRoleArn].some((arn) => arn !== undefined && nameInArn(arn) === role);
    if (isOne && namespace !== undefined && serviceAccount !== undefined) {
      found.push({ cluster: clusterName, namespace, serviceAccount, byToken: false });
    }
  }
  return found;
}

/** What went away between two calls gives nobody anything any more. */
async function unlessGone<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (failureOf(error)?.kind === 'gone') return null;
    throw error;
  }
}
