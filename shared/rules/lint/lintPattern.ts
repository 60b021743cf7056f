import type { Json } from '../../platform/json.ts';
import { codes } from '../codes.ts';
import type { Complaint } from '../document.ts';
import { FINDING_FIELDS, type FieldTree, TARGET_FIELDS, unknownFields } from '../fields.ts';
import { PatternError } from '../pattern/error.ts';
import { compiledOf } from '../patterns.ts';
import { isObject } from '../written.ts';
import { contradictions } from './conflicts.ts';
import { impossibleIn } from './impossible.ts';
import { findings, type Known, targets } from './known.ts';

/** What a pattern is held against. */
export interface Asked {
  readonly fields: FieldTree;
  readonly known: Known;
}

export const ABOUT_FINDINGS: Asked = { fields: FINDING_FIELDS, known: findings };
export const ABOUT_TARGETS: Asked = { fields: TARGET_FIELDS, known: targets };

/** `base` with a path within the pattern there. */
const within = (base: string, path: string): string => (path === '' ? base : `${base}.${path}`);

/**
 * What is wrong with a pattern at `base`: what EventBridge would refuse, and what it would accept but surely is not
 * meant: fields and values that no finding has, conditions that exclude each other, and those of which it obeys only one. What is no object at all is the schema's
 * to refuse.
 */
export function lintPattern(pattern: Json | undefined, { fields, known }: Asked, base: string): readonly Complaint[] {
  if (!isObject(pattern)) return [];
  try {
    const compiled = compiledOf(pattern);
    const overridden = compiled.overridden.map((field) => ({
      code: 'overridden' as const,
      path: base,
      message: `"${field}" stands beside $or and within it; EventBridge obeys only the one written last`,
      suggestion: 'put the outer condition into each alternative',
    }));
    const unknown = unknownFields(compiled, fields, base);
    const asked = new Map(compiled.branches.flat().map((field) => [field.path, field]));
    const impossible = [...asked.values()]
      .flatMap((field) => impossibleIn(field, known))
      .map((problem) => ({ ...problem, path: within(base, problem.path) }));
    const wrong = [...overridden, ...unknown, ...impossible];
    // What is wrong by itself would be told again for what it stands beside.
    return wrong.some(({ code }) => codes[code].level === 'error')
      ? wrong
      : [...wrong, ...contradictions(compiled, known, base)];
  } catch (cause) {
    if (!(cause instanceof PatternError)) throw cause;
    const { path, message, suggestion } = cause;
    return [{ code: 'pattern', path: within(base, path), message, suggestion }];
  }
}
