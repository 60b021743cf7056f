import { failureOf, whyOf } from '../account/awsFailure.ts';
import { type ImageGraph, readImageGraph } from '../account/imageGraph.ts';
import { readManifests } from '../account/manifests.ts';
import { type Reads, readsWith } from '../account/reads.ts';
import type { ImageStatus } from '../account/repositoryImages.ts';
import { ActionFailed, TargetGone } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { ActContext } from './contract.ts';
import {
  type EvidenceFile,
  type EvidenceManifest,
  evidenceFile,
  type Missing,
  manifestName,
} from './evidenceManifest.ts';
import { missingText } from './evidenceReadBack.ts';
import { readScan } from './evidenceScan.ts';
import { type ImageTarget, imageName, repositoryOf } from './imageTarget.ts';
import { type TimeBox, TimeIsUp, timeBox } from './timeBox.ts';

/** Of the 60 s that evidence may take, the last ten belong to storing the list. */
const collectMs = 50_000;

interface Capture {
  readonly context: ActContext;
  readonly box: TimeBox;
  readonly read: Reads;
  readonly files: EvidenceFile[];
  readonly missing: Missing[];
  readonly remarks: string[];
}

/**
 * Stores, one after the other: the findings; the graph (tags, status, who ran it); every manifest of the image's set,
 * byte for byte; the scan result; then `manifest.json` with the SHA-256 of each. What cannot be had, or not in time, is named
 * there and in the answer. Throws ActionFailed only when nothing at all could be stored.
 */
export async function captureImage(target: ImageTarget, context: ActContext): Promise<string> {
  const box = timeBox(context.clock, collectMs);
  const read = readsWith(context.aws, box.signal);
  const capture: Capture = { context, box, read, files: [], missing: [], remarks: [] };
  try {
    await piece(capture, 'the findings', () => store(capture, 'findings.json', json(context.findings)));
    if (target.digest === null) capture.missing.push({ what: 'the image', why: 'the finding names no digest' });
    else await captureDigest(capture, target, target.digest);
  } finally {
    box.close();
  }
  if (capture.files.length === 0) {
    throw new ActionFailed(`No evidence on ${imageName(target)} could be stored: ${missingText(capture.missing)}`);
  }
  const sha256 = await storeManifest(capture, target);
  const stored = `stored ${capture.files.length} files on ${imageName(target)}; ${manifestName} has SHA-256 ${sha256}`;
  return capture.missing.length === 0 ? stored : `${stored}; missing: ${missingText(capture.missing)}`;
}

async function captureDigest(capture: Capture, target: ImageTarget, digest: string): Promise<void> {
  const place = { ...repositoryOf(target), digest };
  let graph: ImageGraph | undefined;
  await piece(capture, 'who ran it', async () => {
    graph = await readImageGraph(capture.read, place);
    await store(capture, 'graph.json', json(graph));
    for (const { place: what, why } of graph.unread) capture.missing.push({ what, why });
  });
  await piece(capture, 'the manifests', async () => {
    const statuses = new Map(graph?.images.map((image) => [image.digest, image.status]));
    const digests = statuses.size === 0 ? [digest] : [...statuses.keys()];
    const manifests = await readManifests(capture.read, place, digests);
    for (const one of digests) {
      const manifest = manifests.found.get(one);
      if (manifest === undefined) {
        noteUnobtained(capture, one, statuses.get(one), manifests.failed.get(one));
        continue;
      }
      await store(capture, `image-${one.replace(':', '-')}.json`, manifest.text, manifest.mediaType);
      // Bytes that do not hash to their digest are evidence too: kept, and the list says so.
      if (`sha256:${sha256Hex(manifest.text)}` !== one)
        capture.remarks.push(`manifest ${one} has bytes of another digest`);
    }
  });
  await piece(capture, 'the scan result', async () => {
    await store(capture, 'scan.json', json(await readScan(capture.read, place)));
  });
}

/** Of an archived image ECR hands out no manifest: when a contained incident is looked at again, that is no miss. */
function noteUnobtained(
  { missing, remarks }: Capture,
  digest: string,
  status: ImageStatus | undefined,
  failure = 'ECR did not answer for it',
): void {
  const what = `manifest ${digest}`;
  if (status === undefined || status === 'ACTIVE') missing.push({ what, why: failure });
  else remarks.push(`${what} is not to be had while the image is ${status} (${failure})`);
}

/** One piece of evidence: when it fails, it is named as missing, and the next is tried. */
async function piece(capture: Capture, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await capture.box.run(work);
  } catch (error) {
    capture.missing.push({ what, why: missedBecause(error) });
  }
}

function missedBecause(error: unknown): string {
  const failure = failureOf(error);
  if (failure !== null) return whyOf(failure);
  if (error instanceof TimeIsUp || error instanceof TargetGone) return error.message;
  return `it failed: ${error instanceof Error ? error.name : 'unknown'}`;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Journalled by name, so that a repeat keeps what was captured first. */
async function store(capture: Capture, name: string, body: string, contentType = 'application/json'): Promise<void> {
  // Work that lost the race against the clock must not add files behind the list's back.
  if (capture.box.signal.aborted) throw new TimeIsUp();
  const { evidence, journal } = capture.context;
  const noted = await journal.once(`store ${name}`, async () => {
    const { uri, sha256 } = await evidence.put(name, body, contentType);
    return { name, uri, sha256, contentType };
  });
  capture.files.push(evidenceFile.parse(noted));
}

async function storeManifest(capture: Capture, target: ImageTarget): Promise<string> {
  const { context, files, missing, remarks } = capture;
  const manifest: EvidenceManifest = {
    version: 1,
    incident: context.incident,
    run: context.run,
    image: `${target.repository}@${target.digest ?? ''}`,
    capturedAt: context.clock.now().toISOString(),
    files,
    missing,
    remarks,
  };
  const { sha256 } = await context.evidence.put(manifestName, json(manifest), 'application/json');
  return sha256;
}
