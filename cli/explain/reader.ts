import type { Account } from '../../sandbox/account.ts';
import { credentialsFor } from '../../sandbox/iam/credentials.ts';
import { createRole } from '../../sandbox/iam/roles.ts';
import { excludeFromPullTime } from '../../sandbox/services/ecr/pullTime.ts';
import { ActionFailed } from '../../shared/platform/errors.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import type { Sessions } from '../../shared/respond/effects.ts';

const name = 'firebreak-explain';

/**
 * Reads the embedded account, and no other. By a role whose reads of manifests are not recorded as pulls, as it is deployed: else
 * the first event explained would make its image one that was pulled lately.
 */
export function readerOf(account: Account): Sessions['read'] {
  const { id, region } = account;
  const arn = `arn:aws:iam::${id}:role/${name}`;
  const Version = '2012-10-17';
  createRole(account, {
    name,
    arn,
    trust: { Version, Statement: [{ Effect: 'Allow', Principal: { AWS: id }, Action: 'sts:AssumeRole' }] },
    policies: [{ name: 'read', document: { Version, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
  });
  excludeFromPullTime(account, arn);
  const { expiration: _expiration, ...credentials } = credentialsFor(account, name, 'explain');
  const aws = awsFor({ region, credentials, endpoint: account.endpoint });
  return async (target) => {
    if (target.account === id && target.region === region) return aws;
    throw new ActionFailed(
      `The account file is of ${id} in ${region}; ${target.account} in ${target.region} was not read`,
    );
  };
}
