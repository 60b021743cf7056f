import type { RestRequest, Service } from '../../account.ts';
import { describeAccessEntry } from './describeAccessEntry.ts';
import { describeCluster } from './describeCluster.ts';
import { describePodIdentityAssociation } from './describePodIdentityAssociation.ts';
import { listClusters } from './listClusters.ts';
import { listPodIdentityAssociations } from './listPodIdentityAssociations.ts';

const PATH =
  /^\/clusters(?:\/(?<name>[^/]+)(?:\/access-entries\/(?<principal>[^/]+)|(?<list>\/pod-identity-associations(?:\/(?<id>[^/]+))?))?)?$/;

function route({ method, path, query }: RestRequest) {
  const found = method === 'GET' ? PATH.exec(path) : null;
  if (found === null) return undefined;
  const { name, principal, list, id } = found.groups ?? {};
  const { maxResults, ...asked } = Object.fromEntries(query);
  const page = { ...asked, ...(maxResults === undefined ? {} : { maxResults: Number(maxResults) }) };
  if (name === undefined) return { operation: 'ListClusters', input: page };
  const clusterName = decodeURIComponent(name);
  if (principal !== undefined)
    return { operation: 'DescribeAccessEntry', input: { clusterName, principalArn: decodeURIComponent(principal) } };
  if (list === undefined) return { operation: 'DescribeCluster', input: { name: clusterName } };
  if (id === undefined) return { operation: 'ListPodIdentityAssociations', input: { ...page, clusterName } };
  const associationId = decodeURIComponent(id);
  return { operation: 'DescribePodIdentityAssociation', input: { clusterName, associationId } };
}

/** Clusters, as far as EKS itself shows them; what is in them is asked of their Kubernetes API (`../kubernetes`). */
export const eksService: Service = {
  name: 'eks',
  protocol: 'rest-json',
  route,
  operations: {
    DescribeAccessEntry: describeAccessEntry,
    DescribeCluster: describeCluster,
    DescribePodIdentityAssociation: describePodIdentityAssociation,
    ListClusters: listClusters,
    ListPodIdentityAssociations: listPodIdentityAssociations,
  },
};
