import type { Json } from '../platform/json.ts';
import { complaintsOf } from './complaints.ts';
import type { Complaint } from './document.ts';
import { ABOUT_TARGETS, lintPattern } from './lint/lintPattern.ts';
import type { Mode, Settings } from './rule.ts';
import { settings } from './schema.ts';
import { isObject, memberOf } from './written.ts';

export interface ReadSettings {
  readonly value: Settings | null;
  readonly complaints: readonly Complaint[];
}

/** The settings from their parsed file. Null, as of a file with nothing but comments, means the defaults. */
export function readSettings(written: Json, defaultMode: Mode): ReadSettings {
  const filled = written === null ? { defaultMode } : isObject(written) ? { defaultMode, ...written } : written;
  const parsed = settings.safeParse(filled, { reportInput: true });
  const shape = parsed.success ? [] : complaintsOf(parsed.error, '', settings);
  const patterns = memberOf(written, 'protected');
  const complaints = (Array.isArray(patterns) ? patterns : []).flatMap((pattern: Json, at) =>
    lintPattern(pattern, ABOUT_TARGETS, `protected[${at}]`),
  );
  return { value: parsed.data ?? null, complaints: [...shape, ...complaints] };
}
