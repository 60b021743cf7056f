import type { StopServiceDeploymentRequest, StopServiceDeploymentResponse } from '@aws-sdk/client-ecs';
import { AwsError, operation } from '../../account.ts';
import { findServiceDeployment } from './revisions.ts';
import { serviceDeploymentNeeds } from './serviceDeploymentNeeds.ts';
import { clusters } from './state.ts';
import { wake } from './wake.ts';

/**
 * Stops a deployment under way: ROLLBACK (the default) goes back to the last completed one, whatever its circuit breaker says;
 * ABORT leaves the tasks as they are. Asked again, it changes nothing.
 */
export const stopServiceDeployment = operation<StopServiceDeploymentRequest, StopServiceDeploymentResponse>(
  (input) => serviceDeploymentNeeds('ecs:StopServiceDeployment', input.serviceDeploymentArn ?? ''),
  (input, { account }) => {
    const { serviceDeploymentArn: arn = '', stopType = 'ROLLBACK' } = input;
    const found = findServiceDeployment(clusters(account), arn);
    if (found === undefined) {
      throw new AwsError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
    }
    if (stopType !== 'ROLLBACK' && stopType !== 'ABORT') {
      throw new AwsError('InvalidParameterException', 'stopType must be ROLLBACK or ABORT.');
    }
    const { cluster, service, deployment } = found;
    switch (deployment.status) {
      case 'PENDING':
      case 'IN_PROGRESS':
        deployment.status = stopType === 'ROLLBACK' ? 'ROLLBACK_REQUESTED' : 'STOP_REQUESTED';
        deployment.updatedAt = account.clock.now();
        wake(account, cluster, service);
        break;
      case 'STOP_REQUESTED':
      case 'ROLLBACK_REQUESTED':
      case 'ROLLBACK_IN_PROGRESS':
        break;
      default:
        throw new AwsError(
          'ConflictException',
          `The service deployment is ${deployment.status} and cannot be stopped.`,
        );
    }
    return { serviceDeploymentArn: arn };
  },
);
