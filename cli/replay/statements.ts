import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';

/** What is passed over, as a tree: `true` for a field, a tree for what lies in one. */
interface Skipped {
  readonly [name: string]: true | Skipped;
}

function skippedOf(paths: readonly string[]): Skipped {
  const tree: { [name: string]: true | Skipped } = {};
  for (const path of paths) {
    const [name = '', ...rest] = path.split('.');
    tree[name] = rest.length === 0 ? true : { ...skippedOf([rest.join('.')]), ...(tree[name] as Skipped | undefined) };
  }
  return tree;
}

const nothing: Skipped = {};

/** Whether two values are the same but for what is passed over. Where it cannot tell at once, it says no. */
function same(a: unknown, b: unknown, skipped: Skipped): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  for (const name of names) {
    const skip = Object.hasOwn(skipped, name) ? skipped[name] : undefined;
    if (!Object.hasOwn(b, name)) return false;
    if (skip === true) continue;
    const [one, other] = [(a as Skipped)[name], (b as Skipped)[name]];
    if (one !== other && !same(one, other, skip ?? nothing)) return false;
  }
  return true;
}

/** So many findings are held against what they said last; what is pushed out is hashed anew when it comes again. */
const mostKept = 8_192;

/**
 * Content hashes of findings, of which most say again what they said before: whoever says the same has the same hash, and need not be
 * written out for it. `test/cli/replay/statements.test.ts` holds it against `contentHash`.
 */
export class Statements {
  readonly #last = new Map<string, { readonly finding: Finding; readonly hash: string }>();
  readonly #skipped = new Map<readonly string[], Skipped>();

  hashOf(finding: Finding, volatile: readonly string[]): string {
    const last = this.#last.get(finding.id);
    if (last !== undefined && same(last.finding, finding, this.#skippedFor(volatile))) return last.hash;
    const hash = contentHash(finding, volatile);
    this.#last.set(finding.id, { finding, hash });
    const [first] = this.#last.size > mostKept ? this.#last.keys() : [];
    if (first !== undefined) this.#last.delete(first);
    return hash;
  }

  #skippedFor(volatile: readonly string[]): Skipped {
    const known = this.#skipped.get(volatile);
    if (known !== undefined) return known;
    const made = skippedOf(volatile);
    this.#skipped.set(volatile, made);
    return made;
  }
}
