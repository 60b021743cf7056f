import type { Json } from '../platform/json.ts';
import { complaintsOf } from './complaints.ts';
import type { Complaint } from './document.ts';
import { ABOUT_TARGETS, lintPattern } from './lint/lintPattern.ts';
import { type Mode, ownersOf, type Settings, type Team } from './rule.ts';
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
  const teams = listIn(written, 'teams');
  const complaints = [
    ...lintPatterns(listIn(written, 'protected'), 'protected'),
    ...teams.flatMap((team, at) => lintPatterns(listIn(team, 'owns'), `teams[${at}].owns`)),
    ...sameTeams(parsed.data?.teams ?? []),
  ];
  return { value: parsed.data ?? null, complaints: [...shape, ...complaints] };
}

function listIn(written: Json, key: string): readonly Json[] {
  const value = memberOf(written, key);
  return Array.isArray(value) ? value : [];
}

const lintPatterns = (patterns: readonly Json[], path: string): readonly Complaint[] =>
  patterns.flatMap((pattern, at) => lintPattern(pattern, ABOUT_TARGETS, `${path}[${at}]`));

/** What belongs to two teams belongs to the first alone, and whoever wrote the second waits for what never comes. */
function sameTeams(teams: readonly Team[]): readonly Complaint[] {
  const seen = new Map<string, string>();
  return teams.flatMap((team, at) =>
    [...new Set(ownersOf(team))].flatMap((owner): readonly Complaint[] => {
      const first = seen.get(owner);
      if (first === undefined) {
        seen.set(owner, team.name);
        return [];
      }
      const message = `what "${owner}" owns is team "${first}"'s already, which comes first`;
      return [{ code: 'value', path: `teams[${at}]`, message, suggestion: 'name each owner in one team alone' }];
    }),
  );
}
