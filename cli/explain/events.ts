import { unwrap } from '../../shared/finding/unwrap.ts';
import { InvalidEvent } from '../../shared/platform/errors.ts';
import { readText } from '../files.ts';
import { UsageError } from '../usage.ts';

/**
 * The events of a file (`-` is standard input): one, a JSON array, or JSON Lines, each perhaps wrapped by SNS or SQS.
 * Throws UsageError with the file and the place when it cannot be read.
 */
export function readEvents(file: string): readonly unknown[] {
  const text = readText(file);
  try {
    return unwrap(text);
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    const name = file === '-' ? 'standard input' : file;
    throw new UsageError(`${name}: ${error.message}. Give a JSON event, an array of events, or one event a line.`, {
      cause: error,
    });
  }
}
