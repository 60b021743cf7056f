import type { StandingChange } from '../incident/items.ts';
import { canonicalJson, type Json, type JsonObject } from '../platform/json.ts';
import { astray, thirdFields } from './restored.ts';

const shown = (value: Json): string => canonicalJson(value).slice(0, 300);

/** More of them do not fit into a message. */
const mostParts = 2;

/** All values of what is not as intended, for whoever has to make sense of it; what somebody else has set is shown alone. */
export function show(observed: JsonObject, standing: Pick<StandingChange, 'before' | 'intended' | 'from'>): string {
  const parts = astray(observed, standing.before, standing.intended);
  const strange = thirdFields(observed, standing);
  const theirs = parts.filter(
    ({ name, before, seen }) =>
      strange.some((field) => name === field || name.startsWith(`${field} of `)) &&
      canonicalJson(before) !== canonicalJson(seen),
  );
  const told = theirs.length > 0 ? theirs : parts;
  const lines = told
    .slice(0, mostParts)
    .map(
      ({ name, before, intended, seen }) =>
        `${name} was ${shown(before)}, is meant to be ${shown(intended)} and reads ${shown(seen)}`,
    );
  const more = told.length - lines.length;
  return `Nothing was overwritten. Now ${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
