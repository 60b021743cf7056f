/** Seeded randomness: one seed, one run. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number;
  hex(length: number): string;
  uuid(): string;
}

export interface SeededRandom extends Random {
  /** How far the sequence has got, for `seek`. */
  position(): number;
  /** Goes on from a position of the same sequence. */
  seek(position: number): void;
}

/** mulberry32: small, fast, good enough to vary schedules; nothing here is a secret. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const hex = (length: number): string => {
    let out = '';
    while (out.length < length) out += Math.floor(next() * 16).toString(16);
    return out;
  };
  const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  return {
    next,
    hex,
    uuid,
    position: () => state,
    seek(position) {
      state = position;
    },
  };
}
