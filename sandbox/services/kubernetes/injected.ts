import type { EksCluster } from '../eks/state.ts';
import type { ClusterObjects, Environment, Pod } from './state.ts';

const atPodIdentity = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE:
    '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token',
};

export const roleAnnotation = 'eks.amazonaws.com/role-arn';

/**
 * What EKS writes into a pod as it is made, by its service account (Amazon EKS user guide, "Understand how EKS Pod Identity works" and "Configure
 * Pods to use a Kubernetes service account"). Where both are there, it is the association (aws/amazon-eks-pod-identity-webhook, buildPodPatchConfig).
 */
export function injectedInto(
  { associations }: Pick<EksCluster, 'associations'>,
  { serviceAccounts }: Pick<ClusterObjects, 'serviceAccounts'>,
  { namespace, serviceAccount }: Pick<Pod, 'namespace' | 'serviceAccount'>,
): Environment {
  const isOwn = (one: { readonly namespace: string; readonly serviceAccount: string }): boolean =>
    one.namespace === namespace && one.serviceAccount === serviceAccount;
  const role = serviceAccounts.get(`${namespace}/${serviceAccount}`)?.annotations[roleAnnotation];
  const byToken = {
    AWS_ROLE_ARN: role ?? '',
    AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
  };
  const env: { readonly [name: string]: string } = associations.some(isOwn)
    ? atPodIdentity
    : role === undefined
      ? {}
      : byToken;
  return Object.entries(env).map(([name, value]) => ({ name, value }));
}
