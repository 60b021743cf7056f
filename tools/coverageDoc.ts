import { parts } from '../cli/demo/coverage.ts';
import type { Action } from '../shared/actions/contract.ts';
import { markdownTable } from './markdownTable.ts';

const talk = 'Container security and avoiding the 2 a.m. call';

function undoOf(catalogue: readonly Action[], name: string | null): string {
  if (name === null) return 'Nothing was changed.';
  const action = catalogue.find((one) => one.name === name);
  if (action === undefined) throw new Error(`The catalogue has no action ${name}`);
  const { reversal } = action;
  return reversal.possible ? reversal.sentence : `No: ${reversal.why}`;
}

const linkTo = (rule: string): string =>
  rule.startsWith('demo-') ? `\`${rule}\`, of the scenario` : `[\`${rule}\`](default-pack.generated.md)`;

/** `docs/coverage.generated.md`: what the talk asks for, what answers it, and what does not yet. Ends in a newline. */
export function coverageMarkdown(catalogue: readonly Action[]): string {
  const rows = parts.flatMap(({ question, part, ways }) =>
    ways.map(({ finding, rule, action, scenario }) => [
      ...[question, part, finding, linkTo(rule)],
      action === null ? 'None: it is told.' : `[\`${action}\`](actions.generated.md#${action.replace('.', '')})`,
      ...[undoOf(catalogue, action), `\`firebreak demo ${scenario}\``],
    ]),
  );
  const missing = parts.flatMap((one) => (one.missing === undefined ? [] : [`- **${one.part}**: ${one.missing}.`]));
  return `${[
    '# What the talk asks for, and what answers it',
    `Generated from \`cli/demo/coverage.ts\` by \`npm run generate\`. Each line is what "${talk}" (AWS re:Invent 2019, WPS313) asks for. \`npm run demo -- --all\` plays every scenario: the finding comes in through the packaged template, is contained or fixed, read back, told, and undone. A rule that observes as it is shipped is let act by the scenario, and nothing else of it is changed.`,
    markdownTable(['Question', 'Asked for', 'Found by', 'Rule', 'Action', 'Undo', 'Scenario'], rows),
    '## Not there yet',
    missing.join('\n'),
  ].join('\n\n')}\n`;
}
