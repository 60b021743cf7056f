import { isRegion } from '../envelope.ts';
import { textIn } from '../given.ts';
import { arnOf, type Place } from '../place.ts';
import type { Fields } from '../read.ts';

/** A resource of a sequence, with the name that its ARN, or else the sequence, gives it. */
export interface Named extends Place {
  readonly groups: readonly string[];
  readonly entry: Fields;
}

export const ofType = (resources: readonly Fields[], type: string): readonly Fields[] =>
  resources.filter((entry) => textIn(entry, 'resourceType') === type);

/** Its own account and Region where it says them in a form that can be believed, else those of the finding. */
function placeOf(entry: Fields, place: Place): Place {
  const account = textIn(entry, 'accountId') ?? '';
  const region = textIn(entry, 'region') ?? '';
  return {
    account: /^\d{12}$/.test(account) ? account : place.account,
    region: isRegion(region) ? region : place.region,
  };
}

/**
 * What resources of one type are called: the groups of `what` in the ARN that is the `uid`, else the `name` where `plain` allows it.
 * What has neither is left out.
 */
export function namedOf(
  entries: readonly Fields[],
  place: Place,
  [service, what]: readonly [service: string, what: RegExp],
  plain: RegExp | null,
): readonly Named[] {
  return entries.flatMap((entry): readonly Named[] => {
    const arn = arnOf(textIn(entry, 'uid') ?? '');
    const groups = arn === null || arn.service !== service ? null : what.exec(arn.name);
    if (arn !== null && groups !== null) {
      return [{ account: arn.account, region: arn.region, groups: groups.slice(1), entry }];
    }
    const name = [textIn(entry, 'uid'), textIn(entry, 'name')].find((text) => plain?.test(text ?? '') === true);
    return name === undefined || name === null ? [] : [{ ...placeOf(entry, place), groups: [name], entry }];
  });
}

/** One for each key, the first of equal ones, in the order of the keys. */
export const onceEach = <T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] => {
  const byKey = new Map(all.toReversed().map((one) => [keyOf(one), one]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
};
