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
