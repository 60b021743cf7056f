import type { Finding } from '../../shared/finding/finding.ts';
import { countsAfter, isEcho, relayedOf, waysOf } from '../../shared/incident/ways.ts';
import type { Matched } from '../../shared/plan/plan.ts';
import type { Delivered } from './delivered.ts';

/** A finding of an incident, as far as the next delivery of it and the next decision need it. */
export interface Known {
  hash: string;
  /** `observedAt` of the version that is kept. */
  observedAt: string;
  /** The latest that was delivered of it, ISO. */
  activity: string;
  /** In which opening of its incident it counted last; in an earlier one, it belongs to what is closed. */
  opening: number;
  /** The version that is kept, where it came through Security Hub. */
  relayed: Finding | null;
  /** Null once the incident is closed: then only whether it comes again matters. */
  matched: Matched | null;
  /** Those that would lead to the same are one group (`grouping.ts`). */
  group: string;
}

/** What a delivery is to its incident. */
export type Placed =
  | {
      readonly kind: 'news';
      readonly known: Known;
      readonly unchanged: boolean;
      /** What is to be decided; `isSame`: it was, and says nothing else. */
      readonly finding: Finding;
      readonly isSame: boolean;
    }
  | { readonly kind: 'duplicate'; readonly activity: string }
  | { readonly kind: 'superseded' };

const later = (a: string, b: string): string => (a > b ? a : b);

/** As `placeFinding` of the protocol has it: of two versions the later stays, of two at once the one with the greater hash. */
const supersedes = ({ finding, hash }: Delivered, known: Known): boolean =>
  finding.observedAt === known.observedAt ? hash > known.hash : finding.observedAt > known.observedAt;

function overwritten(known: Known, { finding, hash }: Delivered, unchanged: boolean): Placed {
  const isSame = known.hash === hash;
  known.hash = hash;
  known.observedAt = finding.observedAt;
  known.activity = later(known.activity, finding.observedAt);
  known.relayed = relayedOf(finding);
  return { kind: 'news', known, unchanged, finding, isSame };
}

/**
 * Protocol 1 for one delivery, where every run is over before the next comes: `placeFinding`, `touchFinding` and what they leave behind, on a
 * map instead of a table. `test/cli/replay/protocol.test.ts` holds the two against each other.
 * @param after activity later than this counts though it says nothing new (`unchangedCountsAfter`)
 */
export function place(findings: Map<string, Known>, delivered: Delivered, after: string | null): Placed {
  const { finding, hash } = delivered;
  const activity = finding.observedAt;
  const known = findings.get(finding.id);
  if (known === undefined) {
    const relayed = relayedOf(finding);
    const fresh: Known = { hash, observedAt: activity, activity, opening: 0, relayed, matched: null, group: '' };
    findings.set(finding.id, fresh);
    return { kind: 'news', known: fresh, unchanged: false, finding, isSame: false };
  }
  const ways = waysOf(finding, known.relayed, after);
  if (known.hash !== hash && ways !== 'repeat' && ways !== 'late') {
    if (ways === 'original') return overwritten(known, delivered, true);
    return supersedes(delivered, known) ? overwritten(known, delivered, false) : { kind: 'superseded' };
  }
  const counts = countsAfter(after, finding, ways);
  if (counts !== null && activity > counts && activity > known.activity) {
    if (ways !== 'repeat') return overwritten(known, delivered, true);
    known.activity = activity;
    return { kind: 'news', known, unchanged: true, finding: known.matched?.finding ?? finding, isSame: true };
  }
  if (ways === 'original' || ways === 'late') Object.assign(known, { observedAt: activity, hash, relayed: null });
  const heard = isEcho(after, counts, finding) ? known.activity : activity;
  known.activity = later(known.activity, heard);
  return { kind: 'duplicate', activity: heard };
}

/** Of a finding that counts, what the rules said of it; throws where it was let go with a closed incident. */
export function matchedOf(known: Known): Matched {
  if (known.matched === null) throw new Error('A finding of a closed incident was asked for');
  return known.matched;
}
