import type { Needed } from '../../account.ts';

/** `…:service-deployment/CLUSTER/SERVICE/ID`: IAM is asked for it and for its service. */
export const serviceDeploymentNeeds = (action: string, arn: string): readonly Needed[] => [
  { action, resource: arn },
  { action, resource: arn.replace(':service-deployment/', ':service/').replace(/\/[^/]*$/, '') },
];
