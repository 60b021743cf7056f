/** A safety check, and the test that fails when it is taken away. */
export interface RemovedCheck {
  readonly file: string;
  /** Exactly once in the file. */
  readonly text: string;
  readonly replacement: string;
  readonly test: string;
  /** Only the tests whose name holds this. */
  readonly name?: string;
  /** What the check keeps from happening. */
  readonly why: string;
}

/** What an entry says besides its test, in this order. */
export type RemovedEntry = readonly [file: string, text: string, replacement: string, name: string, why: string];

/** Makes entries that one test proves; `folder` stands before each file. */
export const provenBy =
  (test: string, folder = '') =>
  (...[file, text, replacement, name, why]: RemovedEntry): RemovedCheck => ({
    ...{ file: `${folder}${file}`, text, replacement, test, name, why },
  });
