import type { Layer } from './layer.ts';
import { takenRole } from './takenRole.ts';

export const readSecret: Layer = {
  name: 'read-secret',
  title:
    'Somebody is in a task: once it is stopped, its role’s sessions are cut off and the secret that it was given is rotated',
  finding: 'GuardDuty `Execution:Runtime/ReverseShell`',
  sample: 'guardduty-ecs-reverse-shell',
  rule: 'threat-intruder',
  action: 'secrets.rotate',
  look: takenRole.look,
  outcome: 'contained',
  told: 'page',
  undoneAfterHours: 13,
};
