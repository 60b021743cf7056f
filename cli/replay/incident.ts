import type { Finding } from '../../shared/finding/finding.ts';
import { Groups } from './grouping.ts';
import type { Known } from './known.ts';
import { Opening, type Sum } from './tally.ts';
import type { Weighed } from './weigh.ts';

/** An incident as one set of rules has it: what of the protocol's head matters where each run is over before the next event. */
export class Incident {
  readonly key: string;
  /** By the finding's id; of closed openings, too, for those may come again. */
  readonly findings = new Map<string, Known>();
  readonly groups = new Groups();
  readonly sum: Sum;
  /** How often it was opened. */
  opening = 0;
  tally = new Opening();
  state: 'running' | 'resting' | 'closed' = 'closed';
  /** Fingerprint of the state that people were last told of. */
  told: string | null = null;
  /** When the last containment was read back, ISO. */
  containedAt: string | null = null;
  /** What is contained: `<action> <target>` each. */
  readonly contained = new Set<string>();
  /** Latest activity of a finding, ISO. */
  lastFindingAt = '';
  restedAtMs = 0;
  /** Of the last plan: `lastFindingAt` when it was made, and which containment was breached by then. */
  plan: { readonly activity: string; readonly breached: string | null } | null = null;
  /** Groups of the findings that have come since the last run. */
  readonly news = new Set<string>();
  /** By the groups that were news, what its findings come to; empty once they are others. */
  readonly weighed = new Map<string, Weighed>();
  /** How many exemptions had expired when its findings were decided. */
  expired = 0;

  constructor(key: string, sum: Sum) {
    this.key = key;
    this.sum = sum;
  }

  /** As the sweep asks: quiet for so long since the last finding and the last run. */
  isQuiet(nowMs: number, quietMs: number): boolean {
    if (nowMs - this.restedAtMs < quietMs) return false;
    return nowMs - Date.parse(this.lastFindingAt) >= quietMs;
  }

  /** Its findings are kept as what has been known, without what they say; of threats that too, for the cause of what comes later. */
  close(keepsThreats: boolean): void {
    this.state = 'closed';
    this.containedAt = null;
    this.contained.clear();
    this.groups.clear();
    this.weighed.clear();
    for (const known of this.findings.values()) {
      known.group = '';
      if (!keepsThreats || known.matched?.finding.threat === undefined) known.matched = null;
    }
  }

  open(): void {
    this.opening += 1;
    this.tally = new Opening();
    this.plan = null;
  }

  /** As `atWorkUntil` has it: the latest activity of a threat that is open, ISO; null where there is none. */
  atWork(): string | null {
    let latest: string | null = null;
    for (const { opening, matched, activity } of this.findings.values()) {
      const threatens = matched !== null && matched.decision !== 'ignore' && matched.finding.threat !== undefined;
      if (opening === this.opening && threatens && activity > (latest ?? '')) latest = activity;
    }
    return latest;
  }

  /** Threats of its earlier openings. */
  earlier(): readonly Finding[] {
    const found: Finding[] = [];
    for (const { opening, matched } of this.findings.values()) {
      if (opening !== this.opening && matched !== null) found.push(matched.finding);
    }
    return found;
  }
}
