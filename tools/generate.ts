/** `npm run generate`: every `*.generated.*` file, from the actions' and functions' own declarations and the rule folder. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue } from '../shared/actions/catalogue.ts';
import { accountFileSchema } from './accountSchema.ts';
import { actionsMarkdown } from './actionsDoc.ts';
import { responderStatements } from './responderPolicy.ts';
import { roleResources } from './roles.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const write = (path: string, text: string): void =>
  writeFileSync(join(root, path), text.endsWith('\n') ? text : `${text}\n`);

const yamlFiles = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.yaml'))
    .sort();

/** The shipped pack as a module, because a bundle cannot read the rule folder. */
function packModule(): string {
  const source = (folder: string, prefix: string) => (file: string) => ({
    path: file === 'settings.yaml' ? 'settings' : `${prefix}${basename(file, '.yaml')}`,
    text: readFileSync(join(root, folder, file), 'utf8'),
  });
  const pack = [
    ...yamlFiles('rules').map(source('rules', 'rules/')),
    ...yamlFiles('rules/exemptions').map(source('rules/exemptions', 'exemptions/')),
  ];
  return [
    "import type { RuleSource } from '../../shared/rules/rule.ts';",
    '',
    '/** The files of rules/, as they are shipped. Made by `npm run generate`. */',
    `export const pack: readonly RuleSource[] = ${JSON.stringify(pack, null, 2)};`,
  ].join('\n');
}

write('resources/roles.generated.json', JSON.stringify(roleResources(responderStatements(catalogue)), null, 2));
write('functions/guard/pack.generated.ts', packModule());
write('docs/actions.generated.md', actionsMarkdown(catalogue));
write('docs/account-file.schema.generated.json', accountFileSchema());
