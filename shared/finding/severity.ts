import type { SeverityCounts, SeverityLabel } from './finding.ts';

/**
 * The lowest score of each CVSS v3 band. A source that names a severity without a score gets it, so that a rule which
 * asks for `>= 7` takes every "high"; it never raises a finding above what the source said.
 */
const lowestOfBand: Readonly<Record<SeverityLabel, number | null>> = {
  critical: 9,
  high: 7,
  medium: 4,
  low: 0.1,
  informational: 0,
  unknown: null,
};

const worstFirst = ['critical', 'high', 'medium', 'low', 'informational'] as const;

export interface Severity {
  readonly severity: number | null;
  readonly label: SeverityLabel;
}

export const severityOf = (label: SeverityLabel): Severity => ({ severity: lowestOfBand[label], label });

/**
 * The severity of a scan is that of its worst vulnerability, by the lowest score of its band. Only vulnerabilities
 * without a severity: unknown. None at all: informational, 0.
 */
export function worstOf(counts: SeverityCounts): Severity {
  const worst = worstFirst.find((label) => counts[label] > 0);
  if (worst !== undefined) return severityOf(worst);
  return severityOf(counts.undefined > 0 ? 'unknown' : 'informational');
}

/** Inspector's `severity`. UNTRIAGED, and a word we do not know, are unknown: not low, and not harmless. */
export const labelOf = (word: string): SeverityLabel =>
  worstFirst.find((label) => label.toUpperCase() === word) ?? 'unknown';

/**
 * GuardDuty's scale: low from 1, medium from 4, high from 7, critical from 9 (GuardDuty user guide, "Severity levels of GuardDuty
 * findings"). Below 1 is nothing that it documents; it is not taken for low.
 */
export function labelOfScore(score: number): SeverityLabel {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score >= 1 ? 'low' : 'informational';
}
