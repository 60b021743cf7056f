import { fieldsIn, textIn } from '../given.ts';
import { ec2Instance, instanceId } from '../instance.ts';
import type { Place } from '../place.ts';
import type { Fields } from '../read.ts';
import { iamRole, isOfRole, roleName } from '../role.ts';
import { clusterName, eksClusterArn, objectName, pod, type Workload } from './kubernetes.ts';
import type { Accused } from './resource.ts';
import { namedOf, ofType, onceEach } from './sequenceResources.ts';

const instanceArn = ['ec2', /^instance\/(i-[0-9a-f]{8,17})$/] as const;

/** The one instance of a sequence on EC2. Of a group nobody can say which of them to act on: none. */
export function sequenceInstance(resources: readonly Fields[], place: Place): readonly Accused[] {
  const named = namedOf(ofType(resources, 'EC2_INSTANCE'), place, instanceArn, instanceId);
  const [one, ...more] = onceEach(named, ({ groups: [id = ''] }) => id);
  if (one === undefined || more.length > 0) return [];
  const {
    account,
    region,
    groups: [id = ''],
  } = one;
  return [{ account, region, resource: ec2Instance(id, one) }];
}

function workloadOf(entry: Fields): Workload | null {
  const details = fieldsIn(fieldsIn(entry, 'data'), 'kubernetesWorkload');
  const valid = (text: string | null): string | null => (text !== null && objectName.test(text) ? text : null);
  const name = valid(textIn(entry, 'name'));
  if (name === null) return null;
  return { name, namespace: valid(textIn(details, 'namespace')), type: valid(textIn(details, 'type')) };
}

/**
 * The clusters of a sequence on EKS; with one cluster and one workload, that workload. A workload does not say which cluster it is
 * in.
 */
export function sequencePods(resources: readonly Fields[], place: Place): readonly Accused[] {
  const named = namedOf(ofType(resources, 'EKS_CLUSTER'), place, eksClusterArn, clusterName);
  const clusters = onceEach(named, ({ account, region, groups: [name = ''] }) => `${account}/${region}/${name}`);
  const workloads = ofType(resources, 'KUBERNETES_WORKLOAD').map(workloadOf);
  const [workload = null] = clusters.length === 1 && workloads.length === 1 ? workloads : [];
  return clusters.map((cluster) => {
    const {
      account,
      region,
      groups: [name = ''],
    } = cluster;
    return { account, region, resource: pod(name, cluster, workload) };
  });
}

/** The roles whose credentials a sequence on IAM names. Users are not among them. */
export function sequenceRoles(resources: readonly Fields[], place: Place): readonly Accused[] {
  const keys = ofType(resources, 'ACCESS_KEY').map((entry) => fieldsIn(fieldsIn(entry, 'data'), 'accessKey'));
  const roles = keys.flatMap((key) => {
    const name = textIn(key, 'userName');
    if (!isOfRole(key) || name === null || !roleName.test(name)) return [];
    return [iamRole(name, textIn(key, 'principalId'), place)];
  });
  return onceEach(roles, ({ id }) => id).map((resource) => ({ ...place, resource }));
}
