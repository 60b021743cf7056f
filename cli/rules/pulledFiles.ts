import type { RuleSource } from '../../shared/rules/rule.ts';
import { UsageError } from '../usage.ts';

export interface PulledFile {
  /** Below the folder. */
  readonly below: string;
  readonly text: string;
}

/** Names of parameters end as they are written, and a file ends in what it holds. */
function fileFor(path: string): string {
  const below = path.replace(/^rules\//, '');
  return /\.(ya?ml|json)$/.test(below) ? below : `${below}.yaml`;
}

const isSettings = (file: string): boolean => /^settings\./.test(file);

/**
 * The files that parameters become in a folder laid out like rules/. Throws UsageError where two would be one file, of which one would be
 * lost, or where a rule's would be taken for the settings.
 */
export function filesFor(sources: readonly RuleSource[]): readonly PulledFile[] {
  const came = new Map<string, string>();
  return sources.map(({ path, text }) => {
    const below = fileFor(path);
    const other = came.get(below);
    came.set(below, path);
    if (other !== undefined) {
      throw new UsageError(
        `Nothing was written: the parameters ${other} and ${path} would both be the file ${below}, and one would be lost. Give one of the two another name in Parameter Store, then pull again.`,
      );
    }
    if (path.startsWith('rules/') && isSettings(below)) {
      throw new UsageError(
        `Nothing was written: the parameter ${path} would be the file ${below}, which is read as the settings. Give that rule another name in Parameter Store, then pull again.`,
      );
    }
    return { below, text };
  });
}
