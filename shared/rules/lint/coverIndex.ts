import type { Branch, Field } from '../pattern/compile.ts';
import type { Scalar } from '../pattern/condition.ts';
import { asksNothing, branchCovers } from './covers.ts';
import type { Known } from './known.ts';

interface Entry {
  readonly branch: Branch;
  readonly owner: number;
}

/** So many pairs of branches are compared for one set: what is left is not accused. */
const MOST_COMPARED = 2_000_000;

/** Values that a branch which covers another must share with it: none where only comparing tells. */
function valuesOf(field: Field, known: Known): readonly Scalar[] | null {
  if (known.shown(field) !== undefined) return null;
  const values = field.conditions.map((condition) =>
    condition.kind === 'value' && condition.means.by === 'exactly' ? condition.means.value : undefined,
  );
  return values.every((value) => value !== undefined) ? values : null;
}

const tokenOf = ({ key }: Field, value: Scalar): string => `${key}\u0001${JSON.stringify(value)}`;
const tokensOf = (field: Field, known: Known): readonly string[] =>
  valuesOf(field, known)?.map((value) => tokenOf(field, value)) ?? [field.key];

/**
 * Branches, found by what another must ask to be covered by them: whoever asks about a repository by its name is compared with those who
 * ask about that very one, and not with five hundred others.
 */
export class CoverIndex {
  readonly #known: Known;
  readonly #counts = new Map<string, number>();
  readonly #entries = new Map<string, Entry[]>();
  /** Those that ask nothing that must be asked. */
  readonly #open: Entry[] = [];
  #compared = 0;

  /** @param all every branch that will be entered or asked about, by which the rarest field of each is told. */
  constructor(all: Iterable<Branch>, known: Known) {
    this.#known = known;
    for (const branch of all) {
      for (const token of branch.flatMap((field) => tokensOf(field, known))) {
        this.#counts.set(token, (this.#counts.get(token) ?? 0) + 1);
      }
    }
  }

  add(branch: Branch, owner: number): void {
    const count = (field: Field): number =>
      tokensOf(field, this.#known).reduce((sum, token) => sum + (this.#counts.get(token) ?? 0), 0);
    // What is always there and accepts everything need not be asked by the other.
    const must = branch.filter((field) => !asksNothing(field, this.#known));
    const rarest = must.toSorted((a, b) => count(a) - count(b))[0];
    const entry = { branch, owner };
    if (rarest === undefined) this.#open.push(entry);
    for (const token of rarest === undefined ? [] : tokensOf(rarest, this.#known)) {
      const entries = this.#entries.get(token);
      if (entries === undefined) this.#entries.set(token, [entry]);
      else entries.push(entry);
    }
  }

  /** The owner of a branch that covers this one; undefined where none is known to. */
  ownerOver(branch: Branch): number | undefined {
    for (const entry of this.#candidates(branch)) {
      this.#compared += 1;
      if (this.#compared > MOST_COMPARED) return undefined;
      if (branchCovers(entry.branch, branch, this.#known)) return entry.owner;
    }
    return undefined;
  }

  *#candidates(branch: Branch): Iterable<Entry> {
    yield* this.#open;
    for (const field of branch) {
      yield* this.#entries.get(field.key) ?? [];
      const [first] = field.conditions;
      // Each of its values must be among the other's: to look for one of them is enough.
      if (first?.kind === 'value' && first.means.by === 'exactly' && this.#known.shown(field) === undefined) {
        yield* this.#entries.get(tokenOf(field, first.means.value)) ?? [];
      }
    }
  }
}
