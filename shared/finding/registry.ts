import { configChange } from './configChange.ts';
import type { Finding } from './finding.ts';
import { hubFinding } from './hubFinding.ts';
import { imageActivity } from './imageActivity.ts';
import { imageScan } from './imageScan.ts';
import { runningImage } from './runningImage.ts';
import type { Envelope, Parsed, Source } from './source.ts';
import { threatFinding } from './threatFinding.ts';

/** Whose clock is so far ahead is not believed. */
const clocksApartMs = 5 * 60_000;

/**
 * Nothing was seen after it was sent: EventBridge says when that was, whoever wrote the finding. What is dated in the future would be the
 * latest of its incident until then, and whatever comes meanwhile no news.
 */
function notYetToCome(finding: Finding, { time }: Envelope): Finding {
  const latest = Date.parse(time) + clocksApartMs;
  const { observedAt: at, threat } = finding;
  const observedAt = Date.parse(at) > latest ? time : at;
  const begunLater = threat !== undefined && Date.parse(threat.firstSeenAt) > latest;
  return { ...finding, observedAt, ...(begunLater ? { threat: { ...threat, firstSeenAt: observedAt } } : {}) };
}

const dated = (source: Source): Source => ({
  ...source,
  parse: (envelope) => {
    const parsed = source.parse(envelope);
    if (parsed.kind === 'ignored') return parsed;
    return { ...parsed, findings: parsed.findings.map((finding) => notYetToCome(finding, envelope)) };
  },
});

/** Every source of findings: a new one is its file and its line here. */
const sources = [imageScan, imageActivity, threatFinding, configChange, hubFinding, runningImage].map(dated);

export const sourceFor = (envelope: Envelope): Source | undefined => sources.find((source) => source.matches(envelope));

/** Throws InvalidEvent. What no source reads is ignored, with the reason. */
export const parseEvent = (envelope: Envelope): Parsed =>
  sourceFor(envelope)?.parse(envelope) ?? {
    kind: 'ignored',
    reason: `no source reads "${envelope['detail-type']}" events of ${envelope.source}`,
  };
