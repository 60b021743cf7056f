import { type CompiledPattern, compilePattern } from './pattern/compile.ts';
import type { Pattern } from './pattern/pattern.ts';

/** Kept beside the patterns, not in them: a rule set is stored and sent as plain JSON. */
const compiled = new WeakMap<Pattern, CompiledPattern>();

/** A pattern made ready, once for each pattern object. Throws PatternError. */
export function compiledOf(pattern: Pattern): CompiledPattern {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = compilePattern(pattern);
  compiled.set(pattern, made);
  return made;
}
