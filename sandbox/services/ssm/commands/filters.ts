import type { CommandFilter } from '@aws-sdk/client-ssm';
import { AwsError } from '../../../account.ts';
import { atMost } from '../limits.ts';

/** What filters look at, of a command or of an invocation. */
export interface Filtered {
  readonly status: string;
  readonly requestedAt: number;
  readonly documentName: string;
  readonly hasEnded: boolean;
}

function timeIn(value: string): number {
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new AwsError('InvalidFilterKey', `The filter value ${value} is no timestamp.`);
  return at;
}

function testOf({ key, value = '' }: CommandFilter, isOfCommands: boolean): (one: Filtered) => boolean {
  switch (key) {
    case 'InvokedAfter': {
      const at = timeIn(value);
      return ({ requestedAt }) => requestedAt > at;
    }
    case 'InvokedBefore': {
      const at = timeIn(value);
      return ({ requestedAt }) => requestedAt < at;
    }
    case 'Status':
      return ({ status }) => status === value;
    case 'DocumentName':
      return ({ documentName }) => documentName === value;
    case 'ExecutionStage':
      if (isOfCommands) return ({ hasEnded }) => hasEnded === (value === 'Complete');
  }
  throw new AwsError('InvalidFilterKey', `The specified filter key ${key} is not valid.`);
}

/** Every filter must hold. `ExecutionStage` is for ListCommands alone. Throws AwsError InvalidFilterKey. */
export function wantedBy(
  filters: readonly CommandFilter[] | undefined,
  isOfCommands: boolean,
): (one: Filtered) => boolean {
  const tests = atMost('filters', filters, 5).map((filter) => testOf(filter, isOfCommands));
  return (one) => tests.every((test) => test(one));
}
