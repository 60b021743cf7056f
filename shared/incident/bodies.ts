/** Large texts, stored by the SHA-256 of their content: what is read is what was written, whoever wrote it. */
export interface Bodies {
  put(text: string): Promise<string>;
  get(hash: string): Promise<string>;
}

/**
 * Keeps the texts that were read last: a text of a hash is the same for ever, and whoever looks again and again at one plan reads it once. What
 * could not be read is asked for again.
 */
export function remembering(bodies: Bodies, most: number): Bodies {
  const known = new Map<string, string>();
  return {
    put: (text) => bodies.put(text),
    get: async (hash) => {
      const text = known.get(hash) ?? (await bodies.get(hash));
      known.delete(hash);
      known.set(hash, text);
      for (const oldest of [...known.keys()].slice(0, -most)) known.delete(oldest);
      return text;
    },
  };
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
