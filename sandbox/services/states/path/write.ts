import type { Json } from '../../../../shared/platform/json.ts';
import { StateFailure } from '../failure.ts';
import type { Segment } from './parse.ts';
import { isArray, isObject, pathOf } from './read.ts';

/**
 * A copy of `into` with `value` at the reference path; missing objects on the way are made.
 * @throws StateFailure States.ResultPathMatchFailure when the path leads through something that is no object
 */
export function writePath(text: string, into: Json, value: Json): Json {
  const write = (node: Json | undefined, rest: readonly Segment[]): Json => {
    const [step, ...more] = rest;
    if (!step) return value;
    if (step.kind === 'key' && (node === undefined || isObject(node))) {
      return { ...node, [step.key]: write(ownMember(node, step.key), more) };
    }
    if (step.kind === 'index' && isArray(node) && node[step.index] !== undefined) {
      return node.with(step.index, write(node[step.index], more));
    }
    throw new StateFailure(
      'States.ResultPathMatchFailure',
      `Unable to apply ReferencePath ${text} to input ${JSON.stringify(into)}`,
    );
  };
  return write(into, pathOf(text).segments);
}

const ownMember = (node: { readonly [key: string]: Json } | undefined, key: string): Json | undefined =>
  node !== undefined && Object.hasOwn(node, key) ? node[key] : undefined;
