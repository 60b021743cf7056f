/**
 * A verb on one kind of object in a Kubernetes cluster (RBAC: an API group, empty for the core one, and a resource with its subresource). The cluster
 * gives it, in all of its namespaces, to the group that our access entry is in: no session policy narrows what is asked there.
 */
export interface ClusterPermission {
  readonly verb: 'get' | 'list' | 'patch' | 'create';
  readonly group: string;
  readonly resource: string;
}

/** What an action asks of a cluster, besides what it asks of AWS. */
export interface ClusterPermissions {
  readonly read: readonly ClusterPermission[];
  readonly write: readonly ClusterPermission[];
}
