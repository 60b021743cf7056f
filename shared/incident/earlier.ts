import { sha256Hex } from '../platform/hash.ts';
import type { Head, StoredFinding } from './items.ts';

/** What is remembered of an incident that was closed, times ISO. */
export interface EarlierIncident extends Pick<Head, 'openedAt' | 'outcome' | 'containedAt'> {
  readonly closedAt: string;
  /** Its threats, by hashes of what their source calls them. */
  readonly threats: readonly string[];
}

/** What its source calls a finding: behind it stands the resource, which may be another each time (a task that took the place of one). */
const ofSource = (id: string): string =>
  sha256Hex(id.slice(0, id.includes('#') ? id.lastIndexOf('#') : id.length)).slice(0, 16);

/** So many threats of a closed incident are remembered. */
const mostRemembered = 100;

/** What of an incident's findings is remembered when it is closed: the threats, by what their source calls them. */
export const rememberedOf = (findings: readonly StoredFinding[]): readonly string[] =>
  [...new Set(findings.flatMap(({ id, finding }) => (finding.threat === undefined ? [] : [ofSource(id)])))].slice(
    0,
    mostRemembered,
  );

/** Whether the incident that was closed last was about what this finding says goes on, after it was contained. */
export function goesOnAfter(
  head: Pick<Head, 'earlier' | 'state'> | undefined,
  { id, activity }: Pick<StoredFinding, 'id' | 'activity'>,
): boolean {
  if (head?.state !== 'closed' || head.earlier === null) return false;
  const { threats, containedAt } = head.earlier;
  return containedAt !== null && activity > containedAt && threats.includes(ofSource(id));
}
