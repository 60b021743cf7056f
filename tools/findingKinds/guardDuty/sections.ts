import { functions, identities, kubernetes } from './account.ts';
import type { GuardDutySection } from './type.ts';
import { copies, malware, network, runtime, sequences } from './workloads.ts';

export const guardDutySections: readonly GuardDutySection[] = [
  { title: 'What runs', types: runtime },
  { title: 'Malware', types: [...malware, ...copies] },
  { title: 'Attack sequences', types: sequences },
  { title: 'The network of an instance', types: network },
  { title: 'Credentials and identities', types: identities },
  { title: 'The audit log of Kubernetes', types: kubernetes },
  { title: 'Functions', types: functions },
];
