import { failureOf, whyOf } from '../../account/awsFailure.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { ActionFailed, TargetGone } from '../../platform/errors.ts';
import { type ActContext, type Target, targetKey } from '../contract.ts';
import { type TimeBox, TimeIsUp, timeBox } from '../timeBox.ts';
import { type EvidenceFile, type EvidenceManifest, evidenceFile, type Missing, manifestName } from './manifest.ts';
import { missingText } from './readBack.ts';

/** Of the 60 s that all evidence of a plan may take, the last ten belong to storing the lists. */
const collectMs = 50_000;
/** What hangs takes no more than its share: the other pieces have their chance. */
export const pieceMs = 10_000;
/** Below this nothing would come of it. */
const leastMs = 4_000;

/** What the work on one piece of evidence may do, until the piece is given up. */
export interface Piece {
  readonly read: Reads;
  /** Journalled by name, so that a repeat keeps what was captured first. */
  store(name: string, body: string, contentType?: string): Promise<void>;
  /** Names something that could not be had. */
  lacks(what: string, why: string): void;
  /** Something odd, or expected to be absent: no miss. */
  remark(text: string): void;
}

export interface Collection {
  /** One piece of evidence: when it fails, or takes longer than `atMostMs`, it is named as missing, and the next is tried. */
  piece(what: string, work: (piece: Piece) => Promise<void>, atMostMs?: number): Promise<void>;
}

/** Pretty-printed, because people read it. Dates become ISO text. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Stores what `gather` asks for within the time that evidence may take, then `manifest.json` with the SHA-256 of each. What cannot
 * be had, or not in time, is named there and in the answer. Throws ActionFailed only when nothing at all could be stored.
 */
export async function collect(
  target: Target,
  name: string,
  context: ActContext,
  gather: (collection: Collection) => Promise<void>,
): Promise<string> {
  const ownMs = Math.max(leastMs, collectMs / context.shares);
  const box = timeBox(context.clock, ownMs);
  const found: Found = { files: [], missing: [], remarks: [] };
  try {
    await gather({
      piece: (what, work, atMostMs = ownMs) => onePiece(found, context, box, { what, work, atMostMs }),
    });
  } finally {
    box.close();
  }
  const { files, missing } = found;
  if (files.length === 0) throw new ActionFailed(`No evidence on ${name} could be stored: ${missingText(missing)}`);
  const sha256 = await storeManifest(found, target, context);
  const stored = `stored ${files.length} files on ${name}; ${manifestName} has SHA-256 ${sha256}`;
  return missing.length === 0 ? stored : `${stored}; missing: ${missingText(missing)}`;
}

/** The findings, as every kind of target has them. */
export const storeFindings = (collection: Collection, { findings }: ActContext): Promise<void> =>
  collection.piece('the findings', ({ store }) => store('findings.json', json(findings)));

interface Found {
  readonly files: EvidenceFile[];
  readonly missing: Missing[];
  readonly remarks: string[];
}

async function onePiece(
  found: Found,
  context: ActContext,
  all: TimeBox,
  {
    what,
    work,
    atMostMs,
  }: { readonly what: string; readonly work: (piece: Piece) => Promise<void>; readonly atMostMs: number },
): Promise<void> {
  const own = timeBox(context.clock, atMostMs);
  const signal = AbortSignal.any([all.signal, own.signal]);
  try {
    await all.run(() => own.run(() => work(pieceOf(found, context, signal))));
  } catch (error) {
    found.missing.push({ what, why: missedBecause(error) });
  } finally {
    own.close();
  }
}

function pieceOf(
  { files, missing, remarks }: Found,
  { aws, evidence, journal }: ActContext,
  signal: AbortSignal,
): Piece {
  return {
    read: readsWith(aws, signal),
    store: async (name, body, contentType = 'application/json') => {
      // Work that lost the race against the clock must not add files behind the list's back.
      if (signal.aborted) throw new TimeIsUp();
      const noted = await journal.once(`store ${name}`, async () => {
        const { uri, sha256 } = await evidence.put(name, body, contentType);
        return { name, uri, sha256, contentType };
      });
      files.push(evidenceFile.parse(noted));
    },
    lacks: (what, why) => {
      if (!signal.aborted) missing.push({ what, why });
    },
    remark: (text) => {
      if (!signal.aborted) remarks.push(text);
    },
  };
}

function missedBecause(error: unknown): string {
  const failure = failureOf(error);
  if (failure !== null) return whyOf(failure);
  if (error instanceof TimeIsUp || error instanceof TargetGone || error instanceof ActionFailed) return error.message;
  return `it failed: ${error instanceof Error ? error.name : 'unknown'}`;
}

async function storeManifest(found: Found, target: Target, context: ActContext): Promise<string> {
  const manifest: EvidenceManifest = {
    version: 1,
    incident: context.incident,
    run: context.run,
    target: targetKey(target),
    capturedAt: context.clock.now().toISOString(),
    ...found,
  };
  const { sha256 } = await context.evidence.put(manifestName, json(manifest), 'application/json');
  return sha256;
}
