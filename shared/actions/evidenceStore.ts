/** Evidence as it is stored now, read back to prove it. */
export interface EvidenceReader {
  /** The body of what was put under this name on this target in this round of the incident's run; null when nothing is there. Throws when it cannot be read. */
  get(name: string): Promise<string | null>;
}

/** Where evidence goes; the only thing `evidence.capture` writes. Answers with the stored object's URI. */
export interface EvidenceStore extends EvidenceReader {
  put(name: string, body: string, contentType: string): Promise<{ readonly uri: string; readonly sha256: string }>;
}
