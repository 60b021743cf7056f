import type { Asked } from '../../sandbox/faults/faults.ts';

/** The last part of a name that means something: the deployment adds hexadecimal digits to some, here eleven. */
const lastPart = (name: string): string => name.split(/[:/-]/).findLast((part) => !/^[0-9a-f]{11}$/.test(part)) ?? name;

/**
 * `act ecs:UpdateService`, a call of a function; `states lambda:Invoke act`, one that a service makes for a resource. Undefined
 * for one from outside: of the person, or the test.
 */
export function callOf({ functionName, service, operation, target }: Asked): string | undefined {
  if (functionName !== undefined) return `${lastPart(functionName)} ${service}:${operation}`;
  if (!ofServices.has(`${service}:${operation}`)) return undefined;
  return `aws ${service}:${operation} ${lastPart(target)}`;
}

/** What services call for the stack's resources, past the door. */
const ofServices: ReadonlySet<string> = new Set([
  'lambda:Run',
  'lambda:Invoke',
  'sns:Publish',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:SendMessage',
  'events:Deliver',
]);
