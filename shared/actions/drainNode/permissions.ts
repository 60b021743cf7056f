import { describes } from '../../account/workloadPermissions.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { isClusterName } from '../targets/clusterNodes.ts';
import { placeOfInstance } from '../targets/instanceTarget.ts';
import { chosenShape, type NodeHost } from './types.ts';

/** What `eks.drain-node` needs of AWS: which cluster the instance is a node of, and where its API is. Throws ActionFailed. */
export function nodePermissions(target: NodeHost, chosen?: JsonObject): Permissions {
  const { partition, account, region } = placeOfInstance(target);
  const cluster = chosen === undefined ? null : chosenShape.parse(chosen).cluster;
  if (cluster !== null && !isClusterName(cluster)) {
    throw new ActionFailed('The cluster has no valid name, so no permission is given for it', {
      evidence: { cluster },
    });
  }
  // Which cluster it is a node of is not known before its tags were read.
  const arn = `arn:${partition}:eks:${region}:${account}:cluster/${cluster ?? '*'}`;
  return {
    read: [describes('ec2:DescribeInstances'), { action: 'eks:DescribeCluster', resource: arn }],
    write: [],
  };
}
