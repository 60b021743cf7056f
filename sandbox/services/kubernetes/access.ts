import { type Account, AwsError, type Principal } from '../../account.ts';
import { roleNamed } from '../../iam/roles.ts';
import { clusterOfApi, type EksCluster } from '../eks/state.ts';
import { mayDo } from './firebreakRules.ts';
import type { ApiInput, Attributes } from './route.ts';

/*
 * Who may do what in a cluster. EKS looks for an access entry of the role behind the token (Amazon EKS user guide, "Grant IAM users access to
 * Kubernetes with EKS access entries"); its groups have the roles that are bound to them in the cluster. Of those the one that Firebreak ships
 * is there, applied to the group that its manifest names; the administrator is in `system:masters`.
 */

/** Throws AwsError Unauthorized for whoever has no entry, Forbidden for what no role of theirs allows. */
export function admit(account: Account, principal: Principal, input: ApiInput): EksCluster {
  const cluster = clusterOfApi(account, input.api);
  if (principal.kind === 'root') return cluster;
  const entry = cluster.accessEntries.find(({ principalArn }) => principalArn === roleArnOf(account, principal));
  if (entry === undefined) throw new AwsError('Unauthorized', 'Unauthorized', 401);
  if (mayDo(entry.groups, input)) return cluster;
  throw new AwsError('Forbidden', refusal(nameOf(principal), input), 403);
}

const roleArnOf = (account: Account, principal: Principal): string | undefined =>
  principal.kind === 'role' ? roleNamed(account, principal.roleName)?.arn : undefined;

const nameOf = (principal: Principal): string => ('arn' in principal ? principal.arn : principal.service);

/** As the API server words it. */
function refusal(who: string, { verb, group, resource, namespace, name }: Attributes): string {
  const [kind = ''] = resource.split('/');
  const plural = group === '' ? kind : `${kind}.${group}`;
  const what = name === '' ? `${plural} is` : `${plural} ${JSON.stringify(name)} is`;
  const to = `cannot ${verb} resource ${JSON.stringify(resource)} in API group ${JSON.stringify(group)}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  return `${what} forbidden: User ${JSON.stringify(who)} ${to} ${where}`;
}
