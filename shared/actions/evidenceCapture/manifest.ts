import * as z from 'zod';

/** The name of the list that proves the rest; it is stored last. */
export const manifestName = 'manifest.json';

const missing = z.object({ what: z.string(), why: z.string() });
const file = z.object({
  name: z.string(),
  uri: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  contentType: z.string(),
});

/** `manifest.json`: what was stored, with the SHA-256 of each body in hex, what was not, with the reason, and what is odd about it. */
export const evidenceManifest = z.object({
  version: z.literal(1),
  incident: z.string(),
  run: z.string(),
  /** Kind, account, Region and id, as in the incident's records. */
  target: z.string(),
  /** ISO 8601 UTC. */
  capturedAt: z.string(),
  files: z.array(file),
  missing: z.array(missing),
  remarks: z.array(z.string()),
});

export type EvidenceManifest = z.infer<typeof evidenceManifest>;
export type EvidenceFile = z.infer<typeof file>;
export type Missing = z.infer<typeof missing>;
export const evidenceFile = file;
