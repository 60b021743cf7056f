import { closest } from '../../shared/rules/closest.ts';
import type { Account } from '../account.ts';
import { lambdaState } from '../services/lambda/state.ts';
import { services } from '../services.ts';
import type { FaultSpec } from './spec.ts';

/** Of what services call for resources, past the door, that which is no operation of an API (`Asked.operation`). */
const PAST_THE_DOOR: readonly (readonly [service: string, operation: string])[] = [
  ['lambda', 'Run'],
  ['lambda', 'Invoke'],
  ['events', 'Deliver'],
];

const operations: readonly (readonly [service: string, operation: string])[] = [
  ...services.flatMap(({ name, operations: some }) => Object.keys(some).map((operation) => [name, operation] as const)),
  ...PAST_THE_DOOR,
];

const lastPart = (name: string): string => name.split('-').at(-1) ?? name;

/** The first name in a fault that nothing here has, which would wait for its call for ever; undefined when there is none. */
export function unknownName(
  account: Account,
  { service, operation, function: caller }: FaultSpec,
): { readonly place: keyof FaultSpec; readonly message: string } | undefined {
  const names = [...new Set(operations.map(([name]) => name))].sort();
  if (service !== undefined && !names.includes(service))
    return { place: 'service', message: `there is no service "${service}"; ${closest(service, names)}` };
  const those = operations.filter(([name]) => name === (service ?? name)).map(([, one]) => one);
  if (operation !== undefined && !those.includes(operation)) {
    const who = service === undefined ? 'no service has an' : `${service} has no`;
    return {
      place: 'operation',
      message: `${who} operation "${operation}" here; ${closest(operation, [...new Set(those)])}`,
    };
  }
  const functions = [...lambdaState(account).functions.keys()];
  if (caller === undefined || functions.some((name) => name === caller || name.endsWith(`-${caller}`)))
    return undefined;
  return {
    place: 'function',
    message: `there is no function "${caller}"; ${closest(caller, functions.map(lastPart))}`,
  };
}
