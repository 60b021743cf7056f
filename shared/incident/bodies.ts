/** Large texts, stored by the SHA-256 of their content: what is read is what was written, whoever wrote it. */
export interface Bodies {
  put(text: string): Promise<string>;
  get(hash: string): Promise<string>;
}

/** Bodies in memory; for tests and for `explain`. */
export function memoryBodies(hashOf: (text: string) => string, texts: Map<string, string> = new Map()): Bodies {
  return {
    put: async (text) => {
      const hash = hashOf(text);
      texts.set(hash, text);
      return hash;
    },
    get: async (hash) => {
      const text = texts.get(hash);
      if (text === undefined) throw new Error(`No body ${hash}`);
      return text;
    },
  };
}
