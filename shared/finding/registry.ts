import { configChange } from './configChange.ts';
import { hubFinding } from './hubFinding.ts';
import { imageActivity } from './imageActivity.ts';
import { imageScan } from './imageScan.ts';
import { runningImage } from './runningImage.ts';
import type { Envelope, Parsed, Source } from './source.ts';
import { threatFinding } from './threatFinding.ts';

/** Every source of findings: a new one is its file and its line here. */
const sources: readonly Source[] = [imageScan, imageActivity, threatFinding, configChange, hubFinding, runningImage];

export const sourceFor = (envelope: Envelope): Source | undefined => sources.find((source) => source.matches(envelope));

/** Throws InvalidEvent. What no source reads is ignored, with the reason. */
export const parseEvent = (envelope: Envelope): Parsed =>
  sourceFor(envelope)?.parse(envelope) ?? {
    kind: 'ignored',
    reason: `no source reads "${envelope['detail-type']}" events of ${envelope.source}`,
  };
