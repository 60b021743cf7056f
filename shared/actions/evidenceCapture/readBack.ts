import { sha256Hex } from '../../platform/hash.ts';
import type { EvidenceReader, Verified } from '../contract.ts';
import { type EvidenceManifest, evidenceManifest, manifestName } from './manifest.ts';

/**
 * Reads everything back that `manifest.json` lists, and compares the SHA-256 of each body with the one that was noted when it
 * was stored. Broken when the list or a file is not there or differs, and when something was missed at capture.
 */
export async function readBack(evidence: EvidenceReader): Promise<Verified> {
  const broken = (seen: string): Verified => ({ state: 'broken', seen, absence: false });
  const text = await evidence.get(manifestName);
  if (text === null) return broken(`${manifestName} is not in the store`);
  const manifest = parse(text);
  if (manifest === null) return broken(`${manifestName} is not what was written`);

  const wrong: string[] = [];
  for (const { name, sha256 } of manifest.files) {
    const body = await evidence.get(name);
    if (body === null) wrong.push(`${name} is not in the store`);
    else if (sha256Hex(body) !== sha256) wrong.push(`${name} has another SHA-256 than when it was stored`);
  }
  if (wrong.length > 0) return broken(wrong.join('; '));
  const seen = `${manifest.files.length} files read back with the SHA-256 they were stored with; ${manifestName} is ${sha256Hex(text)}`;
  if (manifest.missing.length === 0) return { state: 'holds', seen, absence: false };
  return broken(`${seen}; missing: ${missingText(manifest.missing)}`);
}

export const missingText = (missing: EvidenceManifest['missing']): string =>
  missing.map(({ what, why }) => `${what} (${why})`).join(', ');

function parse(text: string): EvidenceManifest | null {
  try {
    return evidenceManifest.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
