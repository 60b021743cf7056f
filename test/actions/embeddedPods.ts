import { worldSchema } from '../../sandbox/world/schema.ts';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import { account, region } from '../account/mockAccount.ts';

/** The pod of a finding. */
export const pod = { cluster: 'shop', namespace: 'checkout', name: 'api-x2k4q' } as const;

/** One that lets the role of a test in, and runs nothing. */
export const emptyCluster = { name: 'prod-eks', accessEntries: [{ role: 'step', groups: [clusterGroup] }] };

/** A cluster that lets the role of a test in. */
export const ofPods = worldSchema.parse({
  account,
  region,
  eksClusters: [
    {
      name: pod.cluster,
      accessEntries: [{ role: 'step', groups: [clusterGroup] }],
      workloads: [{ namespace: pod.namespace, name: 'api', podNames: [pod.name] }],
    },
  ],
});
