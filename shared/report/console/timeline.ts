import type { IncidentRecord } from '../../incident/incidentRecord.ts';

export interface Moment {
  /** ISO. */
  readonly at: string;
  readonly what: string;
}

const messageWords = { page: 'Paged', notice: 'Told by a notice', digest: 'Told for the morning' } as const;

function receiptMoments({ receipts, plans }: IncidentRecord): readonly Moment[] {
  const sentences = new Map(
    plans.flatMap(({ steps }) => steps.map(({ key, action, sentence }) => [key, `${action}: ${sentence}`] as const)),
  );
  return receipts.flatMap(({ key, state, startedAt, endedAt, did, failed, verified }): readonly Moment[] => {
    const what = sentences.get(key) ?? key;
    return [
      ...(startedAt === undefined ? [] : [{ at: startedAt, what: `Began ${what}` }]),
      ...(endedAt === undefined ? [] : [{ at: endedAt, what: `${state}: ${failed ?? did ?? what}` }]),
      ...(verified === undefined ? [] : [{ at: verified.at, what: `Read back (${verified.state}): ${verified.seen}` }]),
    ];
  });
}

/** All that happened in an incident, oldest first. */
export function timelineOf(record: IncidentRecord): readonly Moment[] {
  const { findings, plans, messages, decisions } = record;
  return [
    ...findings.map(({ activity, title, type }) => ({ at: activity, what: `Found: ${title} (${type})` })),
    ...plans.map(({ at, decision, reason }) => ({ at, what: `Decided ${decision}: ${reason}` })),
    ...receiptMoments(record),
    ...messages.map(({ at, tier, subject, replacedBy }) => ({
      at,
      what: `${replacedBy === undefined ? messageWords[tier] : 'Not sent, a later message told it all'}: ${subject}`,
    })),
    ...decisions.map(({ at, kind, by, reason }) => ({ at, what: `${by} decided to ${kind}: ${reason}` })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
