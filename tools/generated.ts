import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalogue } from '../shared/actions/catalogue.ts';
import { accountFileSchema } from './accountSchema.ts';
import { actionsMarkdown } from './actionsDoc.ts';
import { inputShapesModule } from './inputShapes.ts';
import { roleResources } from './roles.ts';

const yamlFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();

/** The shipped pack as a module, because a bundle cannot read the rule folder. */
function packModule(root: string): string {
  const sources = (folder: string, prefix: string) =>
    yamlFiles(join(root, folder)).map((file) => ({
      path: file === 'settings.yaml' ? 'settings' : `${prefix}${basename(file, '.yaml')}`,
      text: readFileSync(join(root, folder, file), 'utf8'),
    }));
  const pack = [...sources('rules', 'rules/'), ...sources('rules/exemptions', 'exemptions/')];
  return [
    "import type { RuleSource } from '../../shared/rules/rule.ts';",
    '',
    '/** The files of rules/, as they are shipped. Made by `npm run generate`. */',
    `export const pack: readonly RuleSource[] = ${JSON.stringify(pack, null, 2)};`,
    '',
  ].join('\n');
}

/** Path -> text of every `*.generated.*` file, from the actions' and functions' own declarations and the rule folder. */
export const generatedFiles = (root: string): ReadonlyMap<string, string> =>
  new Map([
    ['resources/roles.generated.json', `${JSON.stringify(roleResources(catalogue), null, 2)}\n`],
    ['functions/guard/pack.generated.ts', packModule(root)],
    ['sandbox/door/shapes/inputShapes.generated.ts', inputShapesModule()],
    ['docs/actions.generated.md', actionsMarkdown(catalogue)],
    ['docs/account-file.schema.generated.json', accountFileSchema()],
  ]);
