import { namedFailure } from '../../account/awsFailure.ts';
import { everyPage, readsWith } from '../../account/reads.ts';
import type { ClusterPermission } from '../clusterPermissions.ts';
import type { Permission, ReadContext } from '../contract.ts';
import { asking, onCluster, type PodTarget, pluralOf, type ReadPod, unlessGone } from './podTarget.ts';

/*
 * Whose credentials a pod has follows from its service account: an EKS Pod Identity association of it ("Learn how EKS Pod Identity grants pods
 * access to AWS services", Amazon EKS user guide), or an annotation of it (IRSA: "IAM roles for service accounts"). Where both are there, which one it was
 * depends on the time at which the pod was made: EKS gives a new pod the first alone (aws/amazon-eks-pod-identity-webhook, buildPodPatchConfig), and
 * one that has the second goes on with it, because the SDKs look there first (the user guide, "Understand how EKS Pod Identity works"). So each counts.
 */

type Asking = Pick<ReadContext, 'aws'>;

/** A service account in a cluster. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** What reading the roles of a pod needs. Throws ActionFailed for what is no cluster of the target's account and Region. */
export function podRolePermissions(target: PodTarget): readonly Permission[] {
  const { arn, cluster } = target;
  return [
    ...onCluster(target),
    { action: 'eks:ListPodIdentityAssociations', resource: arn },
    {
      action: 'eks:DescribePodIdentityAssociation',
      resource: arn.replace(/:cluster\/.*$/, `:podidentityassociation/${cluster}/*`),
    },
  ];
}

/** What it asks of the cluster, besides what is read to scale a workload. */
export const podRolesInCluster: readonly ClusterPermission[] = [
  { verb: 'get', group: '', resource: 'pods' },
  { verb: 'get', group: '', resource: 'serviceaccounts' },
  { verb: 'get', group: 'apps', resource: 'deployments' },
  { verb: 'get', group: 'apps', resource: 'statefulsets' },
];

/** What runs under a service account. */
export interface Runs {
  readonly serviceAccount: ServiceAccount;
  /** ARNs of roles that its containers are told to take by a web identity token, as they are written. */
  readonly told: readonly string[];
}

/**
 * What a pod, or a workload's template, runs under; null for a pod that is not there any more, and for what has no template here.
 * @throws Throttled, ActionFailed
 */
export async function readRuns({ cluster, namespace, workload }: PodTarget, context: Asking): Promise<Runs | null> {
  const [written = '', name = ''] = workload?.split('/') ?? [];
  if (namespace === null || name === '') return null;
  const asked = { namespace, name };
  const doing = `Reading which service account ${workload} has`;
  const reading = {
    pods: () => asking(doing, context, cluster, async ({ core }) => (await core.readNamespacedPod(asked)).spec),
    deployments: () =>
      asking(
        doing,
        context,
        cluster,
        async ({ apps }) => (await apps.readNamespacedDeployment(asked)).spec?.template.spec,
      ),
    statefulsets: () =>
      asking(
        doing,
        context,
        cluster,
        async ({ apps }) => (await apps.readNamespacedStatefulSet(asked)).spec?.template.spec,
      ),
  }[pluralOf(written)];
  const spec = reading === undefined ? null : await unlessGone(reading());
  if (spec == null) return null;
  // What names none has this one ("Configure service accounts for pods").
  return { serviceAccount: { namespace, name: spec.serviceAccountName ?? 'default' }, told: toldIn(spec) };
}

/** `AWS_ROLE_ARN`, which EKS writes into a pod as it is made: what it was given then, whatever the annotation says by now. */
const toldIn = ({ containers, initContainers = [] }: NonNullable<ReadPod['spec']>): readonly string[] => [
  ...new Set(
    [...containers, ...initContainers].flatMap(({ env = [] }) =>
      env.flatMap(({ name, value }) => (name === 'AWS_ROLE_ARN' && value !== undefined ? [value] : [])),
    ),
  ),
];

/** ARN of the role in the annotation of a service account; null where it has none, or is not there. @throws Throttled, ActionFailed */
export async function readAnnotatedRole(
  cluster: string,
  { namespace, name }: ServiceAccount,
  context: Asking,
): Promise<string | null> {
  const read = await unlessGone(
    asking(`Reading the service account ${namespace}/${name}`, context, cluster, ({ core }) =>
      core.readNamespacedServiceAccount({ namespace, name }),
    ),
  );
  return read?.metadata?.annotations?.['eks.amazonaws.com/role-arn'] ?? null;
}

/**
 * ARNs of the roles of its associations: the role, and the target role that EKS assumes with it, whose credentials the pod then has.
 * @throws TargetGone when there is no such cluster, Throttled, ActionFailed
 */
export async function readAssociatedRoles(
  clusterName: string,
  { namespace, name: serviceAccount }: ServiceAccount,
  { aws }: Asking,
): Promise<readonly string[]> {
  const read = readsWith(aws);
  const asked = { clusterName, namespace, serviceAccount };
  const roles: string[] = [];
  try {
    const eks = await aws.eks();
    const pages = await everyPage(
      (nextToken) => eks.client.send(new eks.ListPodIdentityAssociationsCommand({ ...asked, nextToken }), read.call),
      (page) => page.nextToken,
    );
    for (const { associationId } of pages.flatMap((page) => page.associations ?? [])) {
      const command = new eks.DescribePodIdentityAssociationCommand({ clusterName, associationId });
      const { association } = await eks.client.send(command, read.call);
      roles.push(...[association?.roleArn, association?.targetRoleArn].flatMap((arn) => arn ?? []));
    }
  } catch (error) {
    throw namedFailure(error, `Reading the Pod Identity associations of ${namespace}/${serviceAccount}`);
  }
  return [...new Set(roles)];
}
