import { KINDS, SOURCES } from '../findingFacts.ts';
import { type CompiledPattern, compilePattern } from '../pattern/compile.ts';
import { patternCovers } from './covers.ts';
import { findings, type Known } from './known.ts';

/** One pattern for each source and kind of resource: what matches all of them matches everything. */
const probes = new Map<Known, readonly CompiledPattern[]>();

function probesOf(known: Known): readonly CompiledPattern[] {
  const made = probes.get(known);
  if (made !== undefined) return made;
  const patterns =
    known === findings
      ? Object.keys(SOURCES).flatMap((source) =>
          KINDS.map((kind) => ({ source: [source], resource: { kind: [kind] } })),
        )
      : KINDS.map((kind) => ({ kind: [kind] }));
  const compiled = patterns.map((pattern) => compilePattern(pattern));
  probes.set(known, compiled);
  return compiled;
}

/** Whether a pattern surely matches whatever is shown to it. */
export const everything = (pattern: CompiledPattern, known: Known): boolean =>
  probesOf(known).every((probe) => patternCovers(pattern, probe, known));
