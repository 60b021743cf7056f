import { type Ownership, ownershipFrom, ownerText } from '../../account/owner.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import type { ReadContext } from '../contract.ts';
import { type AddressTarget, sparedBecause } from '../targets/addressTarget.ts';
import { type AclNow, aclsOf, directions, inWords, markedAcls, nameOf, placeOf, vpcAround } from './acls.ts';
import { type ChosenEntry, chosenIn, ourNumbers } from './changes.ts';
import { type Standing, standingOf } from './entries.ts';
import type { Observed, Params } from './types.ts';

/** Why it is never denied: what every action spares, and what is within a VPC, of which hosts talk to each other. */
async function sparedHere(target: AddressTarget, params: Params, context: ReadContext, read: Reads) {
  const why = await sparedBecause(target, params, context);
  if (why !== null) return why;
  const around = await vpcAround(target, read);
  return around === undefined ? null : `is our own: it is within ${around}`;
}

interface Seen {
  readonly place: string;
  readonly standing: Standing;
  /** Numbers of the entries that are ours. */
  readonly ours: readonly number[];
  /** How it would stand without ours: what stands must not be in its own way, nor lose its number, when it is planned again. */
  readonly without: Standing;
}

/** What was chosen for what stands, or has started. */
const standingChoice = ({ before, chosen }: ReadContext): readonly ChosenEntry[] =>
  before === undefined || chosen === undefined ? [] : chosenIn({ chosen });

const placesIn = (now: AclNow, address: string, choice: readonly ChosenEntry[]): readonly Seen[] =>
  directions.map((direction) => {
    const place = nameOf({ acl: now.id, direction });
    const entries = now.entries[direction];
    const ours = choice.filter((one) => one.place === place).flatMap((one) => ourNumbers(now, one, address));
    const others = entries.filter(({ RuleNumber = 0 }) => !ours.includes(RuleNumber));
    return { place, ours, standing: standingOf(entries, address), without: standingOf(others, address) };
  });

/** Of several, the owner of the first that has one; protected where one of them is. */
function ownership(acls: readonly AclNow[]): Ownership {
  const all = acls.map(({ tags }) => ownershipFrom(tags));
  const [first = { owner: null, foundBy: 'no network ACL', protectedBy: null }] = all;
  const { owner, foundBy } = all.find((one) => one.owner !== null) ?? first;
  return { owner, foundBy, protectedBy: all.find((one) => one.protectedBy !== null)?.protectedBy ?? null };
}

/** Reads of EC2 how the marked network ACLs stand to an address, and whether it is ours. @throws ActionFailed or Throttled */
export async function observeAddress(target: AddressTarget, params: Params, context: ReadContext): Promise<Observed> {
  const { id } = target;
  const read = readsWith(context.aws);
  const acls = await markedAcls(target, read);
  const own = ownership(acls);
  const saved = (context.before as Observed | undefined)?.blocked;
  // One that is not marked any more is read all the same: what was put there stands. One that is gone denies nobody.
  const before = Object.keys(saved ?? {});
  const stood = await aclsOf(
    before.map((place) => placeOf(place).acl),
    target,
    read,
  );
  const choice = standingChoice(context);
  const isMarked = new Set(acls.map((acl) => acl.id));
  const all = [...acls, ...stood.filter((acl) => !isMarked.has(acl.id))];
  const everywhere = all.flatMap((acl) => placesIn(acl, id, choice));
  const now = new Map(everywhere.map((one) => [one.place, one.standing]));
  // Of one that is not marked any more, or that no subnet has any more, only what stands there of ours belongs to a plan.
  const places = everywhere.filter(({ place, ours }) => isMarked.has(placeOf(place).acl) || ours.length > 0);
  const asked = saved === undefined ? places.map(({ place }) => place) : before;
  // Where ours stands, nothing is in its way any more: left out of a later plan, it would be on no record.
  const which = (is: (without: Standing) => boolean): readonly string[] =>
    places.filter(({ without, ours }) => ours.length === 0 && is(without)).map(({ place }) => place);
  return {
    blocked: Object.fromEntries(asked.map((place) => [place, now.get(place)?.alone !== undefined])),
    spared: await sparedHere(target, params, context, read),
    covered: which(({ otherwise }) => otherwise !== undefined),
    full: which(({ rules }) => rules >= params.quota),
    crowded: which(({ free }) => free.length === 0),
    tooMany: acls.length > params.maxNetworkAcls,
    protectedBy: own.protectedBy,
    free: Object.fromEntries(
      places.map(({ place, ours, without }) => [
        place,
        [...ours, ...without.free.filter((one) => !ours.includes(one))],
      ]),
    ),
    subnets: Object.fromEntries(all.map((acl) => [acl.id, acl.subnets])),
    owner: ownerText(own),
    seen: places.map(
      ({ place, standing: { alone, otherwise, rules } }) =>
        `${inWords(place)}, ${rules} of ${params.quota} rules: ${alone === undefined ? (otherwise ?? `lets ${id} through`) : `number ${alone} denies ${id}`}`,
    ),
  };
}
