import { type Account, AwsError, slice } from '../../account.ts';

/** Concurrent executions of an account and Region unless raised (Lambda quotas). */
export const ACCOUNT_CONCURRENCY = 1000;

/** What must be left for the functions that reserve nothing (Lambda developer guide, "Configuring reserved concurrency"). */
const LEFT_FOR_OTHERS = 100;

/** By name, of the functions that reserve some: at the same time the most that each may have. */
export const reservations = slice('lambda.reservations', () => new Map<string, number>());

export const reservedBy = (account: Account, name: string): number | undefined => reservations(account).get(name);

/** Throws AwsError InvalidParameterValueException for what leaves too little for the others: 0 takes nothing from them. */
export function reserve(account: Account, name: string, wanted: number): void {
  if (!Number.isInteger(wanted) || wanted < 0) {
    const why = `Value '${wanted}' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0`;
    throw new AwsError('ValidationException', `1 validation error detected: ${why}`);
  }
  let others = 0;
  for (const [other, reserved] of reservations(account)) if (other !== name) others += reserved;
  if (wanted > 0 && ACCOUNT_CONCURRENCY - others - wanted < LEFT_FOR_OTHERS) {
    const why = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEFT_FOR_OTHERS}].`;
    throw new AwsError('InvalidParameterValueException', why);
  }
  reservations(account).set(name, wanted);
}

export const throttled = (): AwsError => new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
