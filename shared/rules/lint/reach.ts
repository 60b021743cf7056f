import { canonicalJson } from '../../platform/json.ts';
import type { Complaint } from '../document.ts';
import { inOrder } from '../indexed.ts';
import { compiledOf } from '../patterns.ts';
import type { Rule } from '../rule.ts';
import { CoverIndex } from './coverIndex.ts';
import { findings } from './known.ts';

const MOST_NAMED = 3;

function told(rule: Rule, over: readonly Rule[]): Complaint {
  const same = over.find(({ order, when }) => order === rule.order && canonicalJson(when) === canonicalJson(rule.when));
  if (same !== undefined) {
    const message = `has the pattern and the order of "${same.name}", which is asked first because of its name`;
    const suggestion = 'remove one of the two, or give this one a lower order';
    return { code: 'same-pattern', path: 'when', message, suggestion };
  }
  const names = over.map(({ name, order }) => `"${name}" (order ${order})`);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  const takes = over.length === 1 ? 'comes first and takes' : 'come first and take';
  const message = `is never asked: ${names.slice(0, MOST_NAMED).join(', ')}${more} ${takes} all that it would take`;
  const lowest = Math.min(...over.map(({ order }) => order));
  const before = lowest === 0 ? 'narrow what comes first' : `write order: ${lowest - 1}, or narrow what comes first`;
  return { code: 'unreachable', path: 'when', message, suggestion: `${before}; or remove this rule` };
}

export interface Unreached {
  readonly rule: Rule;
  readonly complaint: Complaint;
}

/** Rules of which every alternative is taken by rules that are asked before. */
export function unreached(rules: readonly Rule[]): readonly Unreached[] {
  const sorted = rules.toSorted(inOrder);
  const index = new CoverIndex(
    sorted.flatMap(({ when }) => compiledOf(when).branches),
    findings,
  );
  return sorted.flatMap((rule, at) => {
    const { branches } = compiledOf(rule.when);
    const owners = new Set<number>();
    const covered = branches.every((branch) => {
      const owner = index.ownerOver(branch);
      if (owner !== undefined) owners.add(owner);
      return owner !== undefined;
    });
    for (const branch of branches) index.add(branch, at);
    const over = [...owners].flatMap((owner) => sorted[owner] ?? []);
    return covered && over.length > 0 ? [{ rule, complaint: told(rule, over) }] : [];
  });
}
