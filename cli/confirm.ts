import { createInterface } from 'node:readline/promises';

export interface Asking {
  /** `--yes`. */
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
  /** Whether somebody sits there. */
  readonly terminal: boolean;
}

/** Whether somebody has said that it shall be written: by `--yes`, or in a terminal when asked. What is asked for as JSON is read by nobody. */
export async function confirmed(
  { yes, json, terminal }: Asking,
  question: string,
  ask: (question: string) => Promise<string>,
): Promise<boolean> {
  if (yes === true) return true;
  if (json === true || !terminal) return false;
  return /^\s*y(es)?\s*$/i.test(await ask(question));
}

/** Asks in the terminal; standard output is for results. Without an answer (the end of the input, Ctrl-C) it is none. */
export async function askTerminal(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return await Promise.race([lines.question(question), closed]);
  } finally {
    lines.close();
  }
}

/** Whether somebody sits there who can be asked. */
export const isTerminal = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** The other way about, for what was asked for by name and can be put right again: it goes on unless somebody who sits there says no. */
export async function saysYes(
  { yes, json }: Pick<Asking, 'yes' | 'json'>,
  question: string,
  ask: (question: string) => Promise<string>,
  terminal = isTerminal(),
): Promise<boolean> {
  return yes === true || json === true || !terminal || confirmed({ terminal }, question, ask);
}
