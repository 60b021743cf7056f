import { fieldsIn } from './given.ts';
import { composeArn, type Place, readArn, readName } from './place.ts';
import { type Fields, readOptional } from './read.ts';
import type { FunctionResource } from './resource.ts';

const at = 'detail.resource.lambdaDetails';
/** With the version or alias, which an event may name: what is accused is the function. */
export const functionArn = ['lambda', /^function:([A-Za-z0-9_-]{1,64})(?::[A-Za-z0-9$_-]{1,128})?$/] as const;
export const functionName = /^[A-Za-z0-9_-]{1,64}$/;

export function lambdaFunction(name: string, place: Place): FunctionResource {
  const arn = composeArn('lambda', place, `function:${name}`);
  return { kind: 'function', id: arn, arn };
}

/** `Lambda`; null when the finding names no function. */
export function functionResource(resource: Fields, place: Place): FunctionResource | null {
  const details = fieldsIn(resource, 'lambdaDetails');
  const [fromArn] =
    readOptional(details, at, 'functionArn', (value, path) => readArn(value, path, place, functionArn)) ?? [];
  const name =
    fromArn ?? readOptional(details, at, 'functionName', (value, path) => readName(value, path, functionName));
  return name === null ? null : lambdaFunction(name, place);
}
