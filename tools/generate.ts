/** `npm run generate`: writes every `*.generated.*` file, and the table of operations into sandbox/README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated.ts';
import { withOperationsTable } from './operationsTable.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
for (const [path, text] of generatedFiles(root)) writeFileSync(join(root, path), text());

const page = join(root, 'sandbox', 'README.md');
writeFileSync(page, withOperationsTable(readFileSync(page, 'utf8')));
