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
