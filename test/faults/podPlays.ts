import { containerIdOf, objectsOf } from '../../sandbox/services/kubernetes/state.ts';
import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { Stage } from '../system/stage.ts';
import { threatNow } from '../system/threatNow.ts';
import type { Play } from './play.ts';

const cluster = 'pods-eks';
const [host, other] = ['i-0b0d5e50000000011', 'i-0b0d5e50000000012'] as const;
const pod = { namespace: 'ledgers', name: 'ledger-x2k4q' };

/** Two nodes of a cluster, and a workload with a pod on either. */
export function podsWorld(): Pick<World, 'instances' | 'eksClusters'> {
  const { instances, eksClusters } = worldSchema.parse({
    instances: [{ ec2InstanceId: host }, { ec2InstanceId: other }],
    eksClusters: [
      {
        name: cluster,
        accessEntries: [{ role: 'firebreak-dev-us-east-1-responder', groups: [clusterGroup] }],
        nodes: [{ instance: host }, { instance: other }],
        workloads: [{ namespace: pod.namespace, name: 'ledger', replicas: 2, podNames: [pod.name] }],
      },
    ],
  });
  return { instances, eksClusters };
}

export const podsRules: { readonly [name: string]: string } = {
  pods: `name: pods
order: 40
when:
  source: [guardduty]
  resource: { kind: [instance], id: [${host}] }
do:
  - evidence.capture
  - eks.scale-workload
mode: enforce
`,
};

/** GuardDuty finds now that a container of a host talks to a command-and-control server. */
export function hostThreat(stage: Stage): JsonObject {
  const found = objectsOf(stage.account, cluster).pods.get(`${pod.namespace}/${pod.name}`);
  if (found === undefined) throw new Error(`There is no pod ${pod.name}`);
  return threatNow(stage, 'guardduty-container-c2', {
    'i-0ab12cd34ef567890': host,
    '5f2b9c7d1e3a48609b7c5d3e1f204a6b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5': containerIdOf(found),
  });
}

/** As the case of the action calls it. */
const replicas = `replicas of ${pod.namespace}/ledger`;

export const podPlays: readonly Play[] = [
  {
    name: 'pod-of-host',
    title: 'a threat in a container of a host, whose pod only the cluster knows',
    begin: (stage) => stage.deliver(hostThreat(stage)),
    incident: `instance/123456789012/us-east-1/${host}`,
    ends: { outcome: 'contained', pages: 1, stands: ['eks.scale-workload'] },
    done: ({ settings }) => settings[replicas] === '0',
    mayChange: { settings: [replicas] },
  },
];
