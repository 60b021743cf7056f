import type { Publication, PublishedPointer } from '../incident/rulesets.ts';
import { approvalOf, type WaitingSet } from '../incident/waitingSets.ts';
import { dangersOf, lessOf } from '../plan/dangers.ts';
import { emptied } from '../plan/emptied.ts';
import { InvalidRules } from '../platform/errors.ts';
import { sentencesBetween, shortened } from '../rules/changes.ts';
import { compileRuleSet } from '../rules/compile.ts';
import type { RuleSet } from '../rules/rule.ts';
import { parseRuleSet } from '../rules/storedSet.ts';
import type { GuardEffects } from './guard.ts';
import { sourcesIn } from './guardSources.ts';
import { containsLess } from './guardStatus.ts';

export type Gate =
  | { readonly waiting: Omit<WaitingSet, 'since'> }
  | { readonly waiting?: undefined; readonly why: Publication; readonly changes: readonly string[] };

/**
 * Whether a set may be published as it is, or a person is to see it first. An approval holds for this set over the very set that decides now.
 * Throws what the table or S3 answers.
 */
export async function gateOf(
  effects: GuardEffects,
  pointer: PublishedPointer | undefined,
  next: RuleSet,
  hash: string,
): Promise<Gate> {
  if (pointer === undefined) return { why: { kind: 'edit' }, changes: [] };
  const now = (await readableSet(effects, pointer)) ?? (await compiledAgain(effects, pointer));
  const { changes, dangers } = now === undefined ? unknown : judged(effects, now, next);
  if (dangers.length === 0) return { why: { kind: 'edit' }, changes };
  const over = { hash: pointer.hash, number: pointer.number };
  const approval = await approvalOf(effects.table, { hash, over });
  if (approval === undefined) {
    return { waiting: { hash, over, dangers: shortened(dangers), changes } };
  }
  const { at: _at, ...who } = approval;
  return { why: { kind: 'approved', ...who }, changes };
}

function judged({ actions, clock }: GuardEffects, now: RuleSet, next: RuleSet) {
  const at = clock.now();
  const less = lessOf(now, next, actions, at).map((sentence) => `${containsLess}${sentence}`);
  return {
    changes: shortened([...less, ...sentencesBetween(now, next)]),
    dangers: [...emptied(now, next), ...dangersOf(now, next, actions, at)],
  };
}

const nobodyKnows =
  'the set that decides cannot be read by this version of Firebreak, and what it was made from does not compile, so that nobody can say what this edit changes; until one is approved, every incident is held';
const unknown = { changes: [], dangers: [nobodyKnows] };

export const readSet = async (
  { bodies, actions }: Pick<GuardEffects, 'bodies' | 'actions'>,
  { hash }: PublishedPointer,
): Promise<RuleSet> => parseRuleSet(await bodies.get(hash), actions);

/** Undefined for a set that this version cannot read. Nothing is decided by it either, but it is what the next one is judged against. */
async function readableSet(effects: GuardEffects, pointer: PublishedPointer): Promise<RuleSet | undefined> {
  try {
    return await readSet(effects, pointer);
  } catch (error) {
    if (!(error instanceof InvalidRules)) throw error;
    effects.log.error('The set that decides cannot be read by this version', { error });
    return undefined;
  }
}

/**
 * What a set was made from, as this version understands it. Undefined where that is not kept, or not all of it (rules that went on deciding
 * without their parameters), or does not compile.
 */
async function compiledAgain(
  { bodies, actions, defaultMode, stage }: GuardEffects,
  { sources: kept, versions }: PublishedPointer,
): Promise<RuleSet | undefined> {
  if (kept === undefined) return undefined;
  const sources = sourcesIn(await bodies.get(kept));
  const paths = new Set(sources.map(({ path }) => `/firebreak/${stage}/${path}`));
  if (!Object.keys(versions).every((name) => paths.has(name))) return undefined;
  // Without the time: an exemption that has ended since was a good one.
  return compileRuleSet(sources, actions, { defaultMode }).set ?? undefined;
}
