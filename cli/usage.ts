/** What a person can mend: printed as its one sentence, exit code 2, never with a stack trace. */
export class UsageError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'UsageError';
  }
}
