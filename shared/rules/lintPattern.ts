import type { Json } from '../platform/json.ts';
import type { Complaint } from './document.ts';
import { type FieldTree, unknownFields } from './fields.ts';
import { PatternError } from './pattern/error.ts';
import { compiledOf } from './patterns.ts';
import { isObject } from './written.ts';

/** `base` with a path within the pattern there. */
const within = (base: string, path: string): string => (path === '' ? base : `${base}.${path}`);

/**
 * What is wrong with a pattern at `base`: what EventBridge would refuse, and what it would accept but surely is not
 * meant: fields that no finding has, and conditions of which it obeys only one. What is no object at all is the schema's
 * to refuse.
 */
export function lintPattern(pattern: Json | undefined, fields: FieldTree, base: string): readonly Complaint[] {
  if (!isObject(pattern)) return [];
  try {
    const compiled = compiledOf(pattern);
    const overridden = compiled.overridden.map((field) => ({
      code: 'overridden',
      path: base,
      message: `"${field}" stands beside $or and within it; EventBridge obeys only the one written last`,
      suggestion: 'put the outer condition into each alternative',
    }));
    return [...overridden, ...unknownFields(compiled, fields, base)];
  } catch (cause) {
    if (!(cause instanceof PatternError)) throw cause;
    const { path, message, suggestion } = cause;
    return [{ code: 'pattern', path: within(base, path), message, suggestion }];
  }
}
