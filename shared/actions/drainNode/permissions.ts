import { ActionFailed } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { isClusterName, nodeReads } from '../targets/clusterNodes.ts';
import { chosenShape, type NodeHost } from './types.ts';

/** What `eks.drain-node` needs of AWS: which cluster the instance is a node of, and where its API is. Throws ActionFailed. */
export function nodePermissions(target: NodeHost, chosen?: JsonObject): Permissions {
  const cluster = chosen === undefined ? null : chosenShape.parse(chosen).cluster;
  if (cluster !== null && !isClusterName(cluster)) {
    throw new ActionFailed('The cluster has no valid name, so no permission is given for it', {
      evidence: { cluster },
    });
  }
  return { read: nodeReads(target, cluster ?? '*'), write: [] };
}
