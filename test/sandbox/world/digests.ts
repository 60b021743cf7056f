/** A digest that a reader can tell from others: `sha256:` and the letter 64 times (a to f). */
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
