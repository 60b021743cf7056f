import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { removedChecks } from './removedChecks.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

it('the text of each safety check is in its file once, so that it can be taken away', () => {
  const files = new Map(removedChecks.map(({ file }) => [file, readFileSync(join(root, file), 'utf8')]));
  const wrong = removedChecks.filter(({ file, text }) => files.get(file)?.split(text).length !== 2);
  expect(wrong.map(({ file, why }) => `${file}: ${why}`)).toEqual([]);
});
