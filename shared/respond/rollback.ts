import type { Bodies } from '../incident/bodies.ts';
import { type Called, type PublishedPointer, publishedBefore, replacePointer } from '../incident/rulesets.ts';
import type { Table } from '../incident/table.ts';
import type { Clock } from '../platform/clock.ts';
import type { Parameters } from '../platform/parameters.ts';
import { sentencesBetween, shortened } from '../rules/changes.ts';
import type { RuleSet } from '../rules/rule.ts';
import { restoringOf } from './guardRestore.ts';
import { differs, edited, textsIn } from './guardSources.ts';

export interface RollbackEffects {
  readonly table: Table;
  readonly bodies: Pick<Bodies, 'get'>;
  readonly parameters: Pick<Parameters, 'below'>;
  readonly clock: Clock;
  readonly stage: string;
  /** A stored set. Throws InvalidRules for one that this version would not obey to the letter. */
  readonly parse: (text: string) => RuleSet;
}

export type RolledBack =
  | {
      readonly kind: 'done';
      /** The number that it has now. */
      readonly number: number;
      readonly from: number;
      readonly to: number;
      /** What is different from what decided until now, as sentences. */
      readonly changes: readonly string[];
      /** Parameters, below the stage's path, that the guard is to put back. */
      readonly putsBack: readonly string[];
    }
  | { readonly kind: 'nothing'; readonly reason: string };

const nothing = (reason: string): RolledBack => ({ kind: 'nothing', reason });

/**
 * Brings back a set that has decided before (without a number: the one before). It decides at once, by one conditional write; the guard
 * puts the parameters back, and publishes nothing else until it has. The set that decides itself drops what was edited since. Where something
 * was, the number has to be said: whoever leaves it out may mean either. Throws InvalidRules for a set that this version cannot read.
 */
export async function rollback(
  effects: RollbackEffects,
  { to, ...who }: { readonly to: number | undefined; readonly by: string; readonly reason: string } & Called,
): Promise<RolledBack> {
  const sets = await publishedBefore(effects.table);
  const [now] = sets;
  if (now === undefined) return nothing('No rule set has been published yet.');
  const wanted = to ?? now.number - 1;
  const then = sets.find(({ number }) => number === wanted);
  if (then === undefined)
    return nothing(`There is no rule set ${wanted}: those that there are have the numbers ${range(sets)}.`);
  const { hash, sources } = then;
  const prefix = `/firebreak/${effects.stage}/`;
  const written = edited(prefix, await effects.parameters.below(prefix.slice(0, -1)));
  const isEdited = now.restores !== true && differs(now, written);
  if (then === now && !isEdited) return nothing(decidesAlready(now));
  if (to === undefined && isEdited) return nothing(whichOf(now, wanted, effects.stage));
  if (sources === undefined)
    return nothing(
      `Rule set ${wanted} was published by an earlier version of Firebreak, which did not keep what it was made from.`,
    );
  const [before, after] = await Promise.all(
    [now, then].map(async (set) => effects.parse(await effects.bodies.get(set.hash))),
  );
  const changes = before === undefined || after === undefined ? [] : sentencesBetween(before, after);
  const { versions } = written;
  const { put, remove } = restoringOf(prefix, textsIn(await effects.bodies.get(sources)), written, versions);
  const next = await replacePointer(effects.table, now, {
    hash,
    sources,
    // Of what is there now: whatever has another version later was written by somebody after this.
    versions,
    why: { kind: 'rollback', ...who, to: wanted },
    changes: shortened(changes),
    publishedAt: effects.clock.now().toISOString(),
    restores: true,
    interrupts: now.restores === true ? now.sources : undefined,
  });
  if (next === undefined) return nothing('Another set was published at this very moment: look at the history again.');
  return {
    kind: 'done',
    number: next.number,
    from: now.number,
    to: wanted,
    changes,
    putsBack: [...put.map(({ path }) => path), ...remove],
  };
}

const decidesAlready = ({ number, restores, sources }: PublishedPointer): string => {
  if (restores === true) return `Rule set ${number} decides already, and its parameters are being put back.`;
  if (sources === undefined)
    return `Rule set ${number} decides already. It was published by an earlier version of Firebreak, which did not keep what it was made from.`;
  return `Rule set ${number} decides already, and the parameters are what it was made from.`;
};

const whichOf = ({ number }: PublishedPointer, before: number, stage: string): string =>
  `Rule set ${number} decides, and the parameters are not what it was made from: what was edited or deleted since is not live. To drop that and keep set ${number}: firebreak rules rollback ${number} --stage ${stage}. To go back to the set before it, which drops it as well: firebreak rules rollback ${before} --stage ${stage}.`;

const range = (sets: readonly PublishedPointer[]): string => `${sets.at(-1)?.number ?? 0} to ${sets[0]?.number ?? 0}`;
