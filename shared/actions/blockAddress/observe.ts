import { type Ownership, ownershipBy, ownerText, unlessItPasses } from '../../account/owner.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { blockOf } from '../../finding/address.ts';
import type { ReadContext } from '../contract.ts';
import { type AddressTarget, sparedBecause } from '../targets/addressTarget.ts';
import { coverOf, entryOf, readSet, type SetName, type SetNow, setsNamed, tagsOf, versionOf } from './ipSets.ts';
import { mostInSet, type Observed, type Params } from './types.ts';

interface Seen {
  readonly set: SetName;
  readonly now: SetNow;
}

/** Of several, the owner of the first that has one; protected where one of them is. */
async function ownership(sets: readonly Seen[], read: Reads): Promise<Ownership> {
  const all: Ownership[] = [];
  for (const { set } of sets) {
    const own = await ownershipBy(() => tagsOf(set, read));
    all.push(unlessItPasses(own, `Reading the tags of IP set ${set.Name}`));
  }
  const [first = { owner: null, foundBy: 'no IP set', protectedBy: null }] = all;
  const { owner, foundBy } = all.find((one) => one.owner !== null) ?? first;
  return { owner, foundBy, protectedBy: all.find((one) => one.protectedBy !== null)?.protectedBy ?? null };
}

const arnsOf = (some: readonly Seen[]): readonly string[] => some.map(({ set }) => set.arn);

/** Reads of AWS WAF in which sets the address stands, and of EC2 whether it is ours. @throws ActionFailed or Throttled */
export async function observeAddress(target: AddressTarget, params: Params, context: ReadContext): Promise<Observed> {
  const { id } = target;
  const read = readsWith(context.aws);
  const sets: Seen[] = [];
  for (const set of await setsNamed(params.ipSets, target, read)) {
    const now = await readSet(set, read);
    if (now !== undefined && now.version === versionOf(id)) sets.push({ set, now });
  }
  const own = await ownership(sets, read);
  const standing = new Map(sets.map(({ set, now }) => [set.arn, entryOf(now, id) !== undefined]));
  const saved = (context.before as Observed | undefined)?.blocked;
  // A set that is gone blocks nobody any more.
  const asked = saved === undefined ? arnsOf(sets) : Object.keys(saved);
  return {
    blocked: Object.fromEntries(asked.map((arn) => [arn, standing.get(arn) ?? false])),
    spared: await sparedBecause(target, params, context),
    covered: arnsOf(sets.filter(({ now }) => coverOf(now, id) !== undefined)),
    full: arnsOf(sets.filter(({ now }) => now.addresses.length >= mostInSet)),
    protectedBy: own.protectedBy,
    sizes: Object.fromEntries(sets.map(({ set, now }) => [set.arn, now.addresses.length])),
    owner: ownerText(own),
    seen: sets.map(({ set: { Name, Scope }, now }) => {
      const cover = coverOf(now, id);
      const has = entryOf(now, id) === undefined ? 'does not have' : 'has';
      const wider = cover === undefined ? '' : `, and has ${cover}, which holds it`;
      return `IP set ${Name} (${Scope}), ${now.addresses.length} of ${mostInSet} entries, ${has} ${blockOf(id)}${wider}`;
    }),
  };
}
