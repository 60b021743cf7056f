import type { Command } from 'commander';
import { readText } from './files.ts';
import { matchCases, matchFiles } from './match.ts';
import { print, printable, say } from './output.ts';
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
        if (pattern !== undefined)
          throw new UsageError('match takes --cases FILE, or a pattern and an event, not both.');
        for (const line of matchCases(readText(options.cases))) print(line);
        return;
      }
      if (pattern === undefined || event === undefined) {
        throw new UsageError('match needs a pattern file and an event file, or --cases FILE.');
      }
      if (pattern === '-' && event === '-') {
        throw new UsageError('Standard input can be read once: give the pattern or the event as a file.');
      }
      const result = matchFiles({ name: pattern, text: readText(pattern) }, { name: event, text: readText(event) });
      (result.exit === 2 ? say : print)(result.exit === 2 ? `firebreak: ${printable(result.line)}` : result.line);
      process.exitCode = result.exit;
    });
}
