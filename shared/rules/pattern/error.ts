/**
 * An invalid event pattern: `path` is the place within the pattern, such as `detail.severity[0].numeric`; empty for
 * the pattern as a whole. It is data for a Problem or an exit code, not one of the named errors that AWS retries on.
 */
export class PatternError extends Error {
  readonly path: string;
  readonly suggestion: string;
  constructor(path: string, message: string, suggestion = '') {
    super(message);
    this.name = 'PatternError';
    this.path = path;
    this.suggestion = suggestion;
  }
}
