import { createHash } from 'node:crypto';
import { type Account, AwsError } from '../../account.ts';
import { type EksCluster, eksClusters } from './state.ts';

/** An EKS Pod Identity association: pods of this service account get credentials of the role. */
export interface Association {
  /** `a-` and 17 letters and digits. */
  readonly id: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** ARNs. */
  readonly role: string;
  readonly targetRole: string | undefined;
}

/** An id that is the association's own: the same at every start. */
export const associationId = (cluster: string, namespace: string, serviceAccount: string): string =>
  `a-${BigInt(`0x${createHash('sha256').update(`${cluster}/${namespace}/${serviceAccount}`).digest('hex')}`)
    .toString(36)
    .slice(0, 17)}`;

export const associationArn = ({ region, id }: Pick<Account, 'region' | 'id'>, cluster: string, its: string): string =>
  `arn:aws:eks:${region}:${id}:podidentityassociation/${cluster}/${its}`;

/** Throws AwsError ResourceNotFoundException. */
export function clusterNamed(account: Account, name: string): EksCluster {
  const cluster = eksClusters(account).get(name);
  if (cluster === undefined) {
    throw new AwsError('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404);
  }
  return cluster;
}

/** What lists and descriptions of it have in common. */
export const summaryOf = (account: Account, clusterName: string, one: Association) => ({
  clusterName,
  namespace: one.namespace,
  serviceAccount: one.serviceAccount,
  associationArn: associationArn(account, clusterName, one.id),
  associationId: one.id,
});
