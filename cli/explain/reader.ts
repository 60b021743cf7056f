import type { Account } from '../../sandbox/account.ts';
import { credentialsFor } from '../../sandbox/iam/credentials.ts';
import { createRole } from '../../sandbox/iam/roles.ts';
import { excludeFromPullTime } from '../../sandbox/services/ecr/pullTime.ts';
import { eksClusters } from '../../sandbox/services/eks/state.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import { ActionFailed } from '../../shared/platform/errors.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import type { Sessions } from '../../shared/respond/effects.ts';

const name = 'firebreak-explain';

/** What an account file cannot say. */
export const elsewhere = (
  { id, region }: Pick<Account, 'id' | 'region'>,
  place: { readonly account: string; readonly region: string },
): string => `The account file is of ${id} in ${region}: ${place.account} in ${place.region} was not read`;

/** Lets the reader into each cluster in the groups of the responder of whichever stage. Where no entry names one, it is let in as little as that. */
function letIntoClusters(account: Account, reader: string): void {
  const responder = new RegExp(`^arn:aws:iam::${account.id}:role/firebreak-.+-${account.region}-responder$`);
  const clusters = eksClusters(account);
  for (const [key, cluster] of clusters) {
    const named = cluster.accessEntries.filter(({ principalArn }) => responder.test(principalArn));
    clusters.set(key, { ...cluster, accessEntries: named.map(({ groups }) => ({ principalArn: reader, groups })) });
  }
}

/**
 * Reads the embedded account as production does: sessions of a role that clusters let in as they do the responder, cut down to what the
 * action says that it reads, and whose reads of manifests are not recorded as pulls: else the first event explained would make its image
 * one that was pulled lately.
 */
export function readerOf(account: Account): Sessions['read'] {
  const { id, region, endpoint } = account;
  const arn = `arn:aws:iam::${id}:role/${name}`;
  const Version = '2012-10-17';
  createRole(account, {
    name,
    arn,
    trust: { Version, Statement: [{ Effect: 'Allow', Principal: { AWS: id }, Action: 'sts:AssumeRole' }] },
    policies: [{ name: 'read', document: { Version, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
  });
  excludeFromPullTime(account, arn);
  letIntoClusters(account, arn);
  return async (target, permissions) => {
    // AssumeRole refuses an account that Firebreak is not set up in. The embedded account has one Region, and not every service of it looks at
    // the Region that a call is signed for: what is here would pass for what is there.
    if (target.account !== id || target.region !== region) throw new ActionFailed(elsewhere(account, target));
    const session = credentialsFor(account, name, 'explain', [sessionPolicy(permissions)]);
    const { expiration: _expiration, ...credentials } = session;
    return awsFor({ region, credentials, endpoint });
  };
}
