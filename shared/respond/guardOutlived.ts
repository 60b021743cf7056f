import type { PublishedPointer } from '../incident/rulesets.ts';
import type { RuleSet, RuleSource } from '../rules/rule.ts';
import type { GuardEffects } from './guard.ts';
import type { PackRecord } from './guardSeed.ts';
import { type Edited, isRule, sourcesIn } from './guardSources.ts';

/** The pack decides, and was not put yet: its rules are missing because nobody has written them. */
const isPackUnderway = (
  { pack, stage }: Pick<GuardEffects, 'pack' | 'stage'>,
  { versions }: PublishedPointer,
  known: PackRecord | undefined,
): boolean =>
  pack.length > 0 &&
  (known === undefined || (!known.declined && Object.keys(known.put).length === 0)) &&
  !Object.keys(versions).some((name) => isRule(name.slice(`/firebreak/${stage}/`.length)));

/**
 * The published set when no rule parameter is there any more, which takes no rule out of force. By what it decides and not by what it was read
 * from: a set that was brought back while they were gone was read without them. Throws what `read` does.
 */
export async function outlived(
  effects: Pick<GuardEffects, 'pack' | 'stage'>,
  { sources }: Pick<Edited, 'sources'>,
  { pointer, known }: { readonly pointer: PublishedPointer | undefined; readonly known: PackRecord | undefined },
  read: (pointer: PublishedPointer) => Promise<RuleSet>,
): Promise<RuleSet | undefined> {
  if (pointer === undefined || sources.some(({ path }) => isRule(path))) return undefined;
  if (isPackUnderway(effects, pointer, known)) return undefined;
  const set = await read(pointer);
  return set.rules.length === 0 ? undefined : set;
}

/** The last set with what is written over it: what was deleted stays, what was put there counts. */
export function writtenOver(last: RuleSet, next: RuleSet, { sources }: Pick<Edited, 'sources'>): RuleSet {
  const exemptions = new Map([...last.exemptions, ...next.exemptions].map((exemption) => [exemption.name, exemption]));
  const { settings } = sources.some(({ path }) => path === 'settings') ? next : last;
  return { rules: last.rules, exemptions: [...exemptions.values()], settings };
}

/** What that set is made from: a rollback to it puts the rules back. Throws what S3 answers. */
export async function sourcesWith(
  { bodies }: Pick<GuardEffects, 'bodies'>,
  pointer: PublishedPointer | undefined,
  written: readonly RuleSource[],
): Promise<readonly RuleSource[]> {
  if (pointer?.sources === undefined) return written;
  const now = new Set(written.map(({ path }) => path));
  const before = sourcesIn(await bodies.get(pointer.sources));
  return [...before.filter(({ path }) => !now.has(path)), ...written];
}
