/** `npm run generate`: writes every `*.generated.*` file. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
for (const [path, text] of generatedFiles(root)) writeFileSync(join(root, path), text);
