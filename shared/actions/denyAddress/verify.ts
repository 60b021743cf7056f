import { blockOf, isWithin } from '../../finding/address.ts';
import type { ReadContext, Verified } from '../contract.ts';
import type { AddressTarget } from '../targets/addressTarget.ts';
import { type AclNow, inWords, placeOf } from './acls.ts';
import { aclAt, type ChosenEntry, chosenIn, ourNumbers } from './changes.ts';
import { blockIn, entryAt, standingOf } from './entries.ts';
import type { Observed } from './types.ts';

interface Read {
  readonly chosen: ChosenEntry;
  readonly now: AclNow | undefined;
}

async function readEach(target: AddressTarget, context: ReadContext): Promise<readonly Read[]> {
  const all: Read[] = [];
  for (const chosen of chosenIn(context)) {
    all.push({ chosen, now: await aclAt(placeOf(chosen.place), target, context) });
  }
  return all;
}

const listed = (some: readonly Read[]): string => some.map(({ chosen }) => inWords(chosen.place)).join(', ');

const standing = ({ id }: AddressTarget, { chosen: { place }, now }: Read) =>
  now === undefined ? undefined : standingOf(now.entries[placeOf(place).direction], id);

/** Read back by what decides there: that an entry denies it is nothing where one before it lets it through. */
export async function verifyDenied(target: AddressTarget, context: ReadContext): Promise<Verified> {
  const all = await readEach(target, context);
  const block = blockOf(target.id);
  const gone = all.filter(({ now }) => now === undefined);
  if (gone.length > 0) return { state: 'broken', seen: `${listed(gone)} is not there any more`, absence: false };
  const lacks = all.filter((one) => standing(target, one)?.alone === undefined);
  if (lacks.length > 0) {
    return { state: 'pending', seen: `${block} is not denied first in ${listed(lacks)}`, absence: false };
  }
  const idle = all.filter(({ now }) => now?.subnets === 0);
  const but = idle.length === 0 ? '' : `, which no subnet has any more: ${listed(idle)}`;
  const where = all.map((one) => `${inWords(one.chosen.place)} by number ${standing(target, one)?.alone}`).join(', ');
  const seen = `${block} is denied in ${where}${but}; the subnets hear of it after a short while`;
  return { state: 'holds', seen, absence: false };
}

export async function verifyLetIn(
  target: AddressTarget,
  { blocked }: Observed,
  context: ReadContext,
): Promise<Verified> {
  const all = await readEach(target, context);
  const block = blockOf(target.id);
  const left = all.filter(
    ({ chosen, now }) =>
      blocked[chosen.place] !== true && now !== undefined && ourNumbers(now, chosen, target.id).length > 0,
  );
  if (left.length > 0) return { state: 'pending', seen: `${block} is still denied in ${listed(left)}`, absence: false };
  const others = all.flatMap((one) => stays(target, one));
  const seen = [`no entry that was added denies ${block} any more in ${listed(all)}`, ...others].join('; ');
  return { state: 'holds', seen, absence: true };
}

/** What others have put there since about this address, which stays: people who hear that it is over must know that it is denied all the same. */
function stays(target: AddressTarget, one: Read): readonly string[] {
  const where = inWords(one.chosen.place);
  const { alone, otherwise } = standing(target, one) ?? {};
  const { place, numbers } = one.chosen;
  const entries = one.now?.entries[placeOf(place).direction] ?? [];
  const taken = numbers.filter((number) => {
    const entry = entryAt(entries, number);
    return entry !== undefined && isWithin(target.id, blockIn(entry));
  });
  return [
    ...(alone === undefined && otherwise === undefined
      ? []
      : [`${where} denies it all the same (${alone === undefined ? otherwise : `number ${alone}`}), and not by us`]),
    ...(taken.length === 0 ? [] : [`number ${taken.join(', ')} of ${where} says something else, and stays`]),
  ];
}
