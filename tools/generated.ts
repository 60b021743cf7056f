import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalogue } from '../shared/actions/catalogue.ts';
import { compileRuleSet } from '../shared/rules/compile.ts';
import type { RuleSet, RuleSource } from '../shared/rules/rule.ts';
import { accountFileSchema } from './accountSchema.ts';
import { actionsMarkdown } from './actionsDoc.ts';
import { clusterManifest } from './clusterManifest.ts';
import { coverageMarkdown } from './coverageDoc.ts';
import { deployerPolicy } from './deployerPermissions.ts';
import { configPage, guardDutyPage, inspectorPage, kindEvents } from './findingKinds/pages.ts';
import { inputShapesModule } from './inputShapes.ts';
import { lintMarkdown } from './lintDoc.ts';
import { packMarkdown } from './packDoc.ts';
import { roleResources } from './roles.ts';
import { ruleSchemas } from './ruleSchemas.ts';

const yamlFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();

/** The files of a folder that is laid out like `rules/`. */
function sourcesIn(root: string, rules: string): readonly RuleSource[] {
  const sources = (folder: string, prefix: string) =>
    yamlFiles(join(root, folder)).map((file) => ({
      path: file === 'settings.yaml' ? 'settings' : `${prefix}${basename(file, '.yaml')}`,
      text: readFileSync(join(root, folder, file), 'utf8'),
    }));
  return [...sources(rules, 'rules/'), ...sources(join(rules, 'exemptions'), 'exemptions/')];
}

/** The rules among them. */
const names = (sources: readonly RuleSource[]): readonly string[] =>
  sources.flatMap(({ path }) => (path.startsWith('rules/') ? [basename(path)] : []));

/** The shipped pack as a module, because a bundle cannot read the rule folder. */
function packModule(pack: readonly RuleSource[]): string {
  return [
    "import type { RuleSource } from '../../shared/rules/rule.ts';",
    '',
    '/** The files of rules/, as they are shipped. Made by `npm run generate`. */',
    `export const pack: readonly RuleSource[] = ${JSON.stringify(pack, null, 2)};`,
    '',
  ].join('\n');
}

/** Path -> what makes the text of every `*.generated.*` file, from the actions' and functions' own declarations and the rule folder. */
export function generatedFiles(root: string): ReadonlyMap<string, () => string> {
  const pack = sourcesIn(root, 'rules');
  const examples = sourcesIn(root, 'examples/rules');
  const shipped = (): RuleSet => {
    const { set, problems } = compileRuleSet(pack, catalogue);
    if (set === null) throw new Error(`The shipped rules do not compile: ${problems.map(({ message }) => message)}`);
    return set;
  };
  return new Map([
    ['resources/roles.generated.json', () => `${JSON.stringify(roleResources(catalogue), null, 2)}\n`],
    ['resources/kubernetes.generated.yaml', () => clusterManifest(catalogue)],
    ['functions/guard/pack.generated.ts', () => packModule(pack)],
    ['sandbox/door/shapes/inputShapes.generated.ts', inputShapesModule],
    ['docs/actions.generated.md', () => actionsMarkdown(catalogue)],
    [
      'docs/coverage.generated.md',
      () => coverageMarkdown(catalogue, { shipped: shipped().rules, examples: names(examples) }),
    ],
    ['docs/default-pack.generated.md', () => packMarkdown({ pack, examples })],
    ['docs/rules.generated.md', lintMarkdown],
    ['docs/account-file.schema.generated.json', accountFileSchema],
    ...ruleSchemas(catalogue),
    ['docs/deployer-permissions.generated.json', deployerPolicy],
    ['docs/guardduty.generated.md', () => guardDutyPage(root, shipped())],
    ['docs/config-rules.generated.md', () => configPage(root, shipped())],
    ['docs/inspector.generated.md', () => inspectorPage(root, shipped())],
    ...[...kindEvents(root)].map(
      ([path, event]) => [`events/${path}`, () => `${JSON.stringify(event, null, 2)}\n`] as const,
    ),
  ]);
}
