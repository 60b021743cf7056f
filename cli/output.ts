/** Results go to standard output, everything said on the way to standard error. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** On one line, and nothing that a terminal would obey. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
