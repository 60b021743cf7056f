import { blockOf } from '../../finding/address.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import type { AddressTarget } from '../targets/addressTarget.ts';
import { inWords, markTag, markValue, placeOf } from './acls.ts';
import type { Observed, Params } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo takes out the entries that were added, where they still say what was written, and leaves every other one; connections that were cut off are not made by it.',
};

const listed = (places: readonly string[]): string => places.map(inWords).join(', ');

export function planDenial(target: AddressTarget, { quota, maxNetworkAcls }: Params, observed: Observed): Planned {
  const { blocked, spared, covered, full, crowded, tooMany, free, subnets, seen } = observed;
  const { id } = target;
  const not = `${id} is not blocked`;
  if (spared !== null) return { kind: 'skip', reason: `${not}: it ${spared}` };
  const places = Object.keys(blocked).toSorted();
  if (places.length === 0) {
    const where = `account ${target.account}, Region ${target.region}`;
    const reason = `${not}: no network ACL that a subnet has in ${where} is marked by the tag ${markTag}: ${markValue}`;
    return { kind: 'hold', reason, seen };
  }
  if (tooMany) {
    const reason = `${not}: more network ACLs are marked by ${markTag} than the ${maxNetworkAcls} that the rule allows (maxNetworkAcls)`;
    return { kind: 'hold', reason, seen };
  }
  const lacks = places.filter((place) => blocked[place] !== true && !covered.includes(place));
  if (lacks.length === 0) {
    return { kind: 'skip', reason: `${id} is denied already, by what others have put into ${listed(places)}` };
  }
  const room = lacks.filter((place) => !full.includes(place) && !crowded.includes(place) && free[place] !== undefined);
  const left = whyLeft(lacks, observed, quota);
  if (room.length === 0) return { kind: 'hold', reason: `${not}: ${left.join('; ')}`, seen };
  const entries = room.map((place) => ({ place, numbers: [...(free[place] ?? [])] }));
  const count = [...new Set(room.map((place) => placeOf(place).acl))].reduce(
    (sum, acl) => sum + (subnets[acl] ?? 0),
    0,
  );
  const where = entries.map(({ place, numbers }) => `${inWords(place)} as number ${numbers[0]}`).join(', ');
  return {
    kind: 'step',
    sentence: `Deny ${blockOf(id)} in network ACL ${where}: for all that is in ${count === 1 ? 'one subnet' : `${count} subnets`}, and for connections that are open.`,
    undo: reversal,
    chosen: { entries },
    remains: [
      ...(left.length === 0 ? [] : [`It is not denied everywhere: ${left.join('; ')}.`]),
      `Subnets with another network ACL still let ${id} through.`,
    ].join(' '),
  };
}

/** Why some places do not get it, each as the beginning of a sentence. */
function whyLeft(lacks: readonly string[], { full, crowded, free }: Observed, quota: number): readonly string[] {
  const used = lacks.filter((place) => full.includes(place));
  const lost = lacks.filter((place) => free[place] === undefined);
  const behind = lacks.filter((place) => crowded.includes(place) && !full.includes(place));
  return [
    ...(used.length === 0
      ? []
      : [`${listed(used)} has ${quota} rules or more, which is the quota, and none is taken out for another`]),
    ...(behind.length === 0
      ? []
      : [
          `${listed(behind)} has no free number before the first entry that lets it through, and no entry gets another number`,
        ]),
    ...(lost.length === 0 ? [] : [`${listed(lost)} is not marked any more, no subnet has it any more, or it is gone`]),
  ];
}
