import { readsWith } from '../../account/reads.ts';
import { blockOf } from '../../finding/address.ts';
import { ActionFailed, Throttled } from '../../platform/errors.ts';
import type { ActContext, Executed, ReadContext, Verified } from '../contract.ts';
import { type Substeps, substepsOf } from '../substeps.ts';
import type { AddressTarget } from '../targets/addressTarget.ts';
import { entryOf, readSet, type SetName, setOf, writeSet } from './ipSets.ts';
import { chosenShape, mostInSet, type Observed } from './types.ts';

/** So often a set is read anew in one try, where others change it in the same moment; then the step is tried again, a little later. */
const mostReads = 8;

const chosenIn = (target: AddressTarget, { chosen }: Pick<ReadContext, 'chosen'>): readonly SetName[] =>
  chosenShape.parse(chosen).sets.map((arn) => setOf(arn, target));

/** What shall be in a set, made from what is in it now; null where that is so already. */
type Merge = (addresses: readonly string[], entry: string | undefined) => readonly string[] | null;

/**
 * Changes one entry of a set, and keeps all others: UpdateIPSet replaces the whole list, so that what is written is made from what was just read,
 * and is refused where somebody else was faster.
 */
async function change(set: SetName, { id }: AddressTarget, context: ActContext, merge: Merge): Promise<null> {
  const read = readsWith(context.aws);
  for (let reads = 0; reads < mostReads; reads += 1) {
    const now = await readSet(set, read);
    if (now === undefined) throw new ActionFailed(`IP set ${set.Name} is not there any more`);
    const meant = merge(now.addresses, entryOf(now, id));
    if (meant === null || (await writeSet(set, now, meant, read))) return null;
  }
  throw new Throttled(`IP set ${set.Name} was changed by others each time that it was to be changed`);
}

const added =
  ({ Name }: SetName, { id }: AddressTarget): Merge =>
  (addresses, entry) => {
    if (entry !== undefined) return null;
    if (addresses.length < mostInSet) return [...addresses, blockOf(id)];
    throw new ActionFailed(`IP set ${Name} is full: it has ${mostInSet} entries, and none is taken out for another`);
  };

const takenOut: Merge = (addresses, entry) => (entry === undefined ? null : addresses.filter((one) => one !== entry));

/** `did` in each of the chosen sets, one after the other: where one of them refuses, the others are changed all the same. */
async function inEach(
  target: AddressTarget,
  context: ActContext,
  each: (set: SetName, steps: Substeps) => Promise<unknown>,
): Promise<Executed> {
  const steps = substepsOf(context);
  for (const set of chosenIn(target, context)) await each(set, steps);
  return { kind: 'done', did: `${blockOf(target.id)}: ${steps.finish()}` };
}

/** Puts the address into each of the chosen sets. */
export const block = (target: AddressTarget, context: ActContext): Promise<Executed> =>
  inEach(target, context, (set, steps) => {
    const { arn, Name } = set;
    const words = { name: `add ${arn}`, doing: `Adding ${target.id} to ${Name}`, did: `in IP set ${Name}` };
    return steps.attempt(words, () => change(set, target, context, added(set, target)));
  });

/** Takes out of each set what was put into it, and nothing else. A set that is gone blocks nobody any more. */
export const letIn = (target: AddressTarget, { blocked }: Observed, context: ActContext): Promise<Executed> =>
  inEach(target, context, async (set, steps) => {
    const { arn, Name } = set;
    // Whoever had it in there before wants it there.
    if (blocked[arn] === true || (await readSet(set, readsWith(context.aws))) === undefined) return;
    const words = {
      name: `take out ${arn}`,
      doing: `Taking ${target.id} out of ${Name}`,
      did: `out of IP set ${Name}`,
    };
    await steps.attempt(words, () => change(set, target, context, takenOut));
  });

const names = (sets: readonly SetName[]): string => sets.map(({ Name, Scope }) => `${Name} (${Scope})`).join(', ');

async function inWhich(target: AddressTarget, context: ReadContext) {
  const read = readsWith(context.aws);
  const [has, lacks, gone]: [SetName[], SetName[], SetName[]] = [[], [], []];
  for (const set of chosenIn(target, context)) {
    const now = await readSet(set, read);
    const place = now === undefined ? gone : entryOf(now, target.id) === undefined ? lacks : has;
    place.push(set);
  }
  return { has, lacks, gone };
}

export async function verifyBlocked(target: AddressTarget, context: ReadContext): Promise<Verified> {
  const { has, lacks, gone } = await inWhich(target, context);
  const entry = blockOf(target.id);
  if (gone.length > 0) return { state: 'broken', seen: `IP set ${names(gone)} is not there any more`, absence: false };
  if (lacks.length > 0) return { state: 'pending', seen: `${entry} is not in ${names(lacks)}`, absence: false };
  const seen = `${entry} is in ${names(has)}; what AWS WAF protects hears of it within about a minute`;
  return { state: 'holds', seen, absence: false };
}

export async function verifyLetIn(
  target: AddressTarget,
  { blocked }: Observed,
  context: ReadContext,
): Promise<Verified> {
  const { has, lacks, gone } = await inWhich(target, context);
  const left = has.filter(({ arn }) => blocked[arn] !== true);
  const entry = blockOf(target.id);
  if (left.length > 0) return { state: 'pending', seen: `${entry} is still in ${names(left)}`, absence: false };
  return { state: 'holds', seen: `${entry} is not in ${names([...lacks, ...gone])} any more`, absence: true };
}
