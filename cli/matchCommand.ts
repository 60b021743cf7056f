import type { Command } from 'commander';
import { readText } from './files.ts';
import { matchCases, matchFiles } from './match.ts';
import { print, say } from './output.ts';
import { UsageError } from './usage.ts';

export function addMatch(program: Command): void {
  program
    .command('match')
    .summary('does an EventBridge pattern match a JSON document')
    .description('Exit 0: it matches. 1: it does not. 2: the pattern or a file cannot be used.')
    .argument('[pattern]', 'file with an event pattern')
    .argument('[event]', 'file with a JSON document; - for standard input')
    .option('--cases <file>', 'JSON Lines of {"pattern","event"}: one answer a line, in order')
    .addHelpText('after', '\nExample:\n  firebreak match pattern.json events/ecr-scan-critical.json')
    .action((pattern: string | undefined, event: string | undefined, options: { cases?: string }) => {
      if (options.cases !== undefined) {
        for (const line of matchCases(readText(options.cases))) print(line);
        return;
      }
      if (pattern === undefined || event === undefined) {
        throw new UsageError('match needs a pattern file and an event file, or --cases FILE.');
      }
      const result = matchFiles(readText(pattern), readText(event));
      (result.exit === 2 ? say : print)(result.exit === 2 ? `firebreak: ${result.line}` : result.line);
      process.exitCode = result.exit;
    });
}
