import { clusterGroup } from '../../../shared/actions/clusterRules.ts';
import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { asked, askedFor } from '../asked.ts';
import { type Check, ok, warning } from '../check.ts';
import { allPages } from '../pages.ts';
import { ofType } from '../stack.ts';

/** From where a cluster's API is reachable that anybody may reach: Firebreak's functions have no addresses of their own. */
const anywhere = '0.0.0.0/0';
const gone = ['ResourceNotFoundException'];

/**
 * Firebreak stops workloads and drains nodes of the clusters of its Region: each has to let its responder role in, and to be reachable from outside of
 * its VPC (EKS user guide, "Grant IAM users access to Kubernetes with EKS access entries", "Cluster API server endpoint").
 */
export const eksAccess: Check = {
  name: 'eks-access',
  look: async ({ stage: { region, config }, stack }) => {
    const { DescribeAccessEntryCommand, DescribeClusterCommand, EKSClient, ListClustersCommand } = await import(
      '@aws-sdk/client-eks'
    );
    const client = new EKSClient(clientConfig(config));
    const names = await asked('eks:ListClusters', () =>
      allPages(async (nextToken) => {
        const page = await client.send(new ListClustersCommand({ nextToken }));
        return { items: page.clusters, next: page.nextToken };
      }),
    );
    if (names.length === 0) return ok(`There is no EKS cluster in ${region}.`);
    const responder = ofType(await stack(), 'AWS::IAM::Role').find(({ logicalId }) => logicalId === 'ResponderRole');
    const roleName = responder?.id ?? '';

    async function against(name: string): Promise<string | null> {
      const described = await askedFor('eks:DescribeCluster', gone, () =>
        client.send(new DescribeClusterCommand({ name })),
      );
      // Deleted since it was listed.
      if (described?.cluster === undefined) return null;
      const { arn = '', accessConfig, resourcesVpcConfig = {} } = described.cluster;
      const { endpointPublicAccess, publicAccessCidrs = [anywhere] } = resourcesVpcConfig;
      // It has no access entries, and asked for one EKS answers InvalidRequestException.
      if (accessConfig?.authenticationMode === 'CONFIG_MAP')
        return `${name} has no access entries (authentication mode CONFIG_MAP)`;
      const [, partition, , , account] = arn.split(':');
      const principalArn = `arn:${partition}:iam::${account}:role/${roleName}`;
      const entry = await askedFor('eks:DescribeAccessEntry', gone, () =>
        client.send(new DescribeAccessEntryCommand({ clusterName: name, principalArn })),
      );
      if (entry === undefined) return `${name} does not let ${roleName} in`;
      if (entry.accessEntry?.kubernetesGroups?.includes(clusterGroup) !== true)
        return `${name} lets ${roleName} in without the group ${clusterGroup}`;
      if (endpointPublicAccess !== true) return `${name} cannot be reached from outside of its VPC`;
      return publicAccessCidrs.includes(anywhere)
        ? null
        : `${name} is reached from ${publicAccessCidrs.join(', ')} alone`;
    }

    const wrong: string[] = [];
    // One after the other: EKS takes few calls a second.
    for (const name of names) wrong.push(...[(await against(name)) ?? []].flat());
    if (wrong.length === 0) return ok(`${names.length} EKS clusters in ${region} let ${roleName} in.`);
    const more = wrong.length > 5 ? ` and ${wrong.length - 5} more` : '';
    return warning(
      `A finding there wakes somebody, and nothing is done: ${wrong.slice(0, 5).join('; ')}${more}.`,
      'Let it in as docs/kubernetes.md says: the manifest, then aws eks create-access-entry, in the mode API_AND_CONFIG_MAP; its API has to be public. Where that is not wanted: --skip eks-access.',
    );
  },
};
