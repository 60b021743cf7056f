import { containerIdOf, objectsOf } from '../../../sandbox/services/kubernetes/state.ts';
import type { Layer } from './layer.ts';
import { shellInPod } from './shellInPod.ts';

export const podOfHost: Layer = {
  name: 'pod-of-host',
  title:
    'A container on a host talks to a command-and-control server: the cluster says whose it is, and its workload is stopped',
  finding: 'GuardDuty `Backdoor:Runtime/C&CActivity.B`, in a container of an EC2 instance',
  sample: 'guardduty-container-c2',
  named: (account) => {
    const pod = objectsOf(account, 'prod-eks').pods.get('payments/checkout-5c9f');
    return {
      'i-0ab12cd34ef567890': 'i-0e5a0d1c2b3a49581',
      '5f2b9c7d1e3a48609b7c5d3e1f204a6b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5': containerIdOf(pod ?? { uid: '' }),
    };
  },
  rule: 'pod-of-host',
  action: 'eks.scale-workload',
  look: shellInPod.look,
  outcome: 'contained',
  told: 'page',
};
