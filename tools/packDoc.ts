import { catalogue } from '../shared/actions/catalogue.ts';
import { defaultTier } from '../shared/plan/defaultTier.ts';
import { compileRuleSet } from '../shared/rules/compile.ts';
import { asksFirst, type PagedOutcome, type Rule, type RuleSource } from '../shared/rules/rule.ts';
import { markdownTable } from './markdownTable.ts';

/** Files of an example folder beside the pack: exemptions and settings. */
export interface PackFiles {
  readonly pack: readonly RuleSource[];
  readonly examples: readonly RuleSource[];
}

const outcomes: readonly PagedOutcome[] = ['contained', 'degraded', 'not-contained', 'held', 'observed'];

/** `docs/default-pack.generated.md`: every shipped rule in the order in which it is asked, with its own comment. Ends in a newline. */
export function packMarkdown(files: PackFiles): string {
  const pack = files.pack.map(forReaders);
  const examples = files.examples.map(forReaders);
  const { set, problems } = compileRuleSet(pack, catalogue);
  if (set === null)
    throw new Error(`The shipped rules do not compile: ${problems.map(({ message }) => message).join('; ')}`);
  const rules = set.rules.toSorted((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  const textOf = (name: string): string => pack.find(({ path }) => path === `rules/${name}`)?.text ?? '';
  return `${[
    '# The default pack',
    'Generated from `rules/` by `npm run generate`. The first rule that matches a finding decides, in this order. Whatever is not listed under "On day one" changes nothing until a team says `mode: enforce`.',
    markdownTable(
      ['Order', 'Rule', 'Mode', 'On day one', 'What it is for'],
      rules.map((rule) => [
        `${rule.order}`,
        `[\`${rule.name}\`](#${rule.name})`,
        modeOf(rule),
        dayOne(rule),
        rule.description,
      ]),
    ),
    ...rules.map((rule) => section(rule, textOf(rule.name))),
    '# Settings\n\nAs shipped:',
    yaml(pack.find(({ path }) => path === 'settings')?.text ?? ''),
    '# Examples\n\nNot shipped as parameters: copy what fits, and change it.',
    ...examples.flatMap(({ path, text }) => [`## ${path}`, yaml(text)]),
  ].join('\n\n')}\n`;
}

/** Without the line that is for editors. */
const forReaders = ({ path, text }: RuleSource): RuleSource => ({
  path,
  text: text.replace(/^# yaml-language-server: .*\n/, ''),
});

const modeOf = (rule: Rule): string => (asksFirst(rule) ? `${rule.mode}, by approval` : rule.mode);

const changing = (rule: Rule): readonly string[] =>
  rule.do.flatMap(({ action }) =>
    catalogue.find(({ name }) => name === action)?.facts.changes === true ? [`\`${action}\``] : [],
  );

/** What the rule does as it is shipped. */
export function dayOne(rule: Rule): string {
  const changes = changing(rule);
  if (rule.mode === 'observe') return changes.length === 0 ? 'tells' : 'tells what would be done';
  if (changes.length === 0) return 'stores evidence and tells';
  return asksFirst(rule) ? `stores evidence; ${changes.join(', ')} once somebody approves` : changes.join(', ');
}

function section(rule: Rule, text: string): string {
  const lines = text.split('\n');
  const begins = lines.findIndex((line) => !line.startsWith('#'));
  const comment = lines.slice(0, begins).map((line) => line.replace(/^# ?/, ''));
  return [`## ${rule.name}`, comment.join('\n'), yaml(lines.slice(begins).join('\n')), `Tells ${tiers(rule)}`].join(
    '\n\n',
  );
}

/** Only what the rule says; the rest follows from how bad it is. */
function tiers({ page }: Rule): string {
  const said = outcomes.flatMap((outcome) => (page[outcome] === undefined ? [] : [`${outcome}: ${page[outcome]}`]));
  const usual = outcomes.map((outcome) => `${outcome} ${defaultTier(outcome, 'C')}`).join(', ');
  return said.length === 0
    ? `as usual: of what is harmless by itself ${usual}; somebody at work is a page.`
    : `${said.join(', ')}; otherwise as usual.`;
}

const yaml = (text: string): string => `\`\`\`yaml\n${text.trim()}\n\`\`\``;
