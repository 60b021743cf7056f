import { AwsError } from '../../sandbox/account.ts';
import { type Asked, faults } from '../../sandbox/faults/faults.ts';
import type { Stage } from './stage.ts';

/** AWS asks for fewer calls, each service in its own words. */
export const slowDown = new AwsError('ThrottlingException', 'Rate exceeded');
export const noCapacity = new AwsError(
  'ProvisionedThroughputExceededException',
  'The level of throughput was exceeded',
);
export const accessDenied = new AwsError('AccessDeniedException', 'User is not authorized to perform this action');

/** A function's short name, and the operation that AWS refuses it; without one, whatever it asks of the service. */
export interface Refused {
  readonly from: string;
  readonly service?: string;
  readonly operation?: string;
}

const isAmong = ({ from, service, operation }: Refused, asked: Asked): boolean =>
  asked.functionName === `firebreak-dev-${from}` &&
  (service === undefined || asked.service === service) &&
  (operation === undefined || asked.operation === operation);

/** Answers such calls with the error from now on, so many times at the most. */
export function refuse(stage: Stage, refused: Refused, error: AwsError, times = Number.POSITIVE_INFINITY): void {
  let left = times;
  faults(stage.account).push((asked) => {
    if (!isAmong(refused, asked) || left <= 0) return undefined;
    left -= 1;
    return error;
  });
}

/** AWS answers as it should again. */
export const relent = (stage: Stage): void => {
  faults(stage.account).length = 0;
};
