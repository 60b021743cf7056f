import { parts } from '../cli/demo/coverage.ts';
import type { Action } from '../shared/actions/contract.ts';
import { asksFirst, type Rule } from '../shared/rules/rule.ts';
import { markdownTable } from './markdownTable.ts';

const talk = 'Container security and avoiding the 2 a.m. call';

function undoOf(catalogue: readonly Action[], name: string | null): string {
  if (name === null) return 'Nothing was changed.';
  const action = catalogue.find((one) => one.name === name);
  if (action === undefined) throw new Error(`The catalogue has no action ${name}`);
  const { reversal } = action;
  return reversal.possible ? reversal.sentence : `No: ${reversal.why}`;
}

/** Rules by where they stand: as shipped, and as examples that nobody has until a team puts them beside the pack. */
export interface CoverageRules {
  readonly shipped: readonly Rule[];
  /** Names. */
  readonly examples: readonly string[];
}

/** What of its action a shipped rule does by itself. */
function asShipped(rule: Rule, action: string | null): string {
  if (action === null) return 'tells';
  if (rule.mode === 'observe') return 'observes';
  return asksFirst(rule) ? 'asks' : 'acts';
}

function ruleCell({ shipped, examples }: CoverageRules, name: string, action: string | null): string {
  if (name.startsWith('demo-')) return `\`${name}\`, of the scenario`;
  const rule = shipped.find((one) => one.name === name);
  if (rule !== undefined)
    return `[\`${name}\`](default-pack.generated.md#${name}): ${asShipped(rule, action)} as shipped`;
  if (!examples.includes(name)) throw new Error(`There is no rule ${name}, shipped or an example`);
  return `[\`${name}\`](../examples/rules/${name}.yaml): an example`;
}

/** `docs/coverage.generated.md`: what the talk asks for, what answers it, and what does not yet. Ends in a newline. */
export function coverageMarkdown(catalogue: readonly Action[], rules: CoverageRules): string {
  const rows = parts.flatMap(({ question, part, ways }) =>
    ways.map(({ finding, rule, action, scenario }) => [
      ...[question, part, finding, ruleCell(rules, rule, action)],
      action === null ? 'None: it is told.' : `[\`${action}\`](actions.generated.md#${action.replace('.', '')})`,
      ...[undoOf(catalogue, action), `\`firebreak demo ${scenario}\``],
    ]),
  );
  const missing = parts.flatMap((one) => (one.missing === undefined ? [] : [`- **${one.part}**: ${one.missing}.`]));
  return `${[
    '# What the talk asks for, and what answers it',
    `Generated from \`cli/demo/coverage.ts\` by \`npm run generate\`. Each line is what "${talk}" (AWS re:Invent 2019, WPS313) asks for. \`npm run demo -- --all\` plays every scenario: the finding comes in through the packaged template, is contained or fixed, read back, told, and undone. A rule "as shipped" is one of the default pack: it acts by itself, asks somebody first, only tells, or observes, which the scenario changes to \`mode: enforce\`, and nothing else of it. "An example" is not shipped as a parameter and does nothing until a team puts it beside the pack, as [rules](rules.md) has it. "Of the scenario" is written for the scenario alone.`,
    markdownTable(['Question', 'Asked for', 'Found by', 'Rule', 'Action', 'Undo', 'Scenario'], rows),
    '## Not there yet',
    missing.join('\n'),
  ].join('\n\n')}\n`;
}
