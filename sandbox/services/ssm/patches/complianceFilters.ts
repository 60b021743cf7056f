import type { ComplianceStringFilter } from '@aws-sdk/client-ssm';
import { AwsError } from '../../../account.ts';

const COMPARE = {
  EQUAL: (text: string, value: string) => text === value,
  BEGIN_WITH: (text: string, value: string) => text.startsWith(value),
};

function testOf<T>(
  { Key = '', Values = [], Type = 'EQUAL' }: ComplianceStringFilter,
  known: Readonly<Record<string, (one: T) => string | undefined>>,
): (one: T) => boolean {
  const textOf = Object.hasOwn(known, Key) ? known[Key] : undefined;
  if (textOf === undefined) throw new AwsError('InvalidFilter', `This account models no filter ${Key}`);
  if (Type === 'NOT_EQUAL') return (one) => !Values.includes(textOf(one) ?? '');
  if (Type !== 'EQUAL' && Type !== 'BEGIN_WITH') {
    throw new AwsError('InvalidFilter', `This account models no comparison ${Type}`);
  }
  return (one) => Values.some((value) => COMPARE[Type](textOf(one) ?? '', value));
}

/** Every filter must hold; of its values one. Throws AwsError InvalidFilter. */
export function wantedItems<T>(
  filters: readonly ComplianceStringFilter[] | undefined,
  known: Readonly<Record<string, (one: T) => string | undefined>>,
): (one: T) => boolean {
  const tests = (filters ?? []).map((filter) => testOf(filter, known));
  return (one) => tests.every((test) => test(one));
}
