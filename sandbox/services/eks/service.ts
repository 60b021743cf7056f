import type { RestRequest, Service } from '../../account.ts';
import { describeCluster } from './describeCluster.ts';

const CLUSTER = /^\/clusters\/(?<name>[^/]+)$/;

function route({ method, path }: RestRequest) {
  const { name } = (method === 'GET' ? CLUSTER.exec(path)?.groups : undefined) ?? {};
  return name === undefined ? undefined : { operation: 'DescribeCluster', input: { name: decodeURIComponent(name) } };
}

/** Clusters, as far as EKS itself shows them; what is in them is asked of their Kubernetes API (`../kubernetes`). */
export const eksService: Service = {
  name: 'eks',
  protocol: 'rest-json',
  route,
  operations: { DescribeCluster: describeCluster },
};
