import { readsWith } from '../../account/reads.ts';
import { blockOf } from '../../finding/address.ts';
import { ActionFailed, Throttled } from '../../platform/errors.ts';
import type { Json } from '../../platform/json.ts';
import type { ActContext, Executed, ReadContext } from '../contract.ts';
import { substepsOf } from '../substeps.ts';
import type { AddressTarget } from '../targets/addressTarget.ts';
import { type AclNow, aclsOf, addEntry, inWords, type Place, placeOf, takeOutEntry } from './acls.ts';
import { deniesAlone, entryAt, standingOf } from './entries.ts';
import { type Chosen, chosenShape, type Observed } from './types.ts';

export type ChosenEntry = Chosen['entries'][number];

export const chosenIn = ({ chosen }: Pick<ReadContext, 'chosen'>): readonly ChosenEntry[] =>
  chosenShape.parse(chosen).entries;

/** The network ACL of a place as it is now; undefined where it is gone. */
export async function aclAt({ acl }: Place, target: AddressTarget, context: ReadContext): Promise<AclNow | undefined> {
  const [found] = await aclsOf([acl], target, readsWith(context.aws));
  return found;
}

/** The numbers of what is ours: of those that were chosen, each at which stands exactly what we write. */
export const ourNumbers = (now: AclNow, { place, numbers }: ChosenEntry, address: string): readonly number[] =>
  numbers.filter((number) => {
    const entry = entryAt(now.entries[placeOf(place).direction], number);
    return entry !== undefined && deniesAlone(entry, address);
  });

/** So often is all read anew because somebody was faster; then it waits its time. */
const mostTries = 10;

/** Adds one entry, by the first number that is still free: each time that somebody has taken it, all is read anew. */
async function denyAt(chosen: ChosenEntry, target: AddressTarget, context: ActContext): Promise<null> {
  const place = placeOf(chosen.place);
  const words = inWords(chosen.place);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const now = await aclAt(place, target, context);
    if (now === undefined) throw new ActionFailed(`${words} is not there any more`);
    const { alone, isFree } = standingOf(now.entries[place.direction], target.id);
    if (alone !== undefined) return null;
    const number = chosen.numbers.find(isFree);
    if (number === undefined) {
      throw new ActionFailed(
        `${words} has an entry by each of the ${chosen.numbers.length} numbers that were chosen, or one that lets it through before them`,
      );
    }
    if (await addEntry(place, target.id, number, readsWith(context.aws))) return null;
  }
  throw new Throttled(`${words} was changed by others each time that it was to be changed`);
}

/** Adds each of the chosen entries; where one is refused, the others are added all the same. */
export async function deny(target: AddressTarget, context: ActContext): Promise<Executed> {
  const steps = substepsOf(context);
  for (const chosen of chosenIn(context)) {
    const where = inWords(chosen.place);
    const words = {
      name: `deny ${chosen.place}`,
      doing: `Denying ${target.id} in ${where}`,
      did: `denied in ${where}`,
    };
    await steps.attempt(words, () => denyAt(chosen, target, context));
  }
  return { kind: 'done', did: `${blockOf(target.id)}: ${steps.finish()}` };
}

/** Takes out what was added, and nothing else: what says something else by now, or was there before, is somebody's. */
export async function letIn(target: AddressTarget, { blocked }: Observed, context: ActContext): Promise<Executed> {
  const steps = substepsOf(context);
  for (const chosen of chosenIn(context)) {
    const place = placeOf(chosen.place);
    const where = inWords(chosen.place);
    // Whoever denied it before wants it denied.
    if (blocked[chosen.place] === true) continue;
    const words = {
      name: `take out ${chosen.place}`,
      doing: `Taking out what was added to ${where}`,
      did: (numbers: Json) =>
        numbers === '' ? `${where} has no such entry any more` : `number ${numbers} taken out of ${where}`,
    };
    // Looked up only where the journal does not know it: after a crash, what we have taken out did not go by itself.
    await steps.attempt(words, async () => {
      const now = await aclAt(place, target, context);
      const numbers = now === undefined ? [] : ourNumbers(now, chosen, target.id);
      for (const number of numbers) await takeOutEntry(place, number, readsWith(context.aws));
      return numbers.join(', ');
    });
  }
  return { kind: 'done', did: `${blockOf(target.id)}: ${steps.finish()}` };
}
