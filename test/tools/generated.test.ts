import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../tools/generated.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const files = generatedFiles(root);

describe('the generated files', () => {
  it.each([...files])('%s is what the code says: else run "npm run generate"', (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text());
  });

  it('are all that are called so', () => {
    const folders = ['docs', 'events', 'functions', 'resources', 'rules', 'sandbox', 'shared', 'cli', 'tools', 'test'];
    const called = folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.includes('.generated.'))
        .map((file) => `${folder}/${file}`),
    );
    // What is counted takes longer: `npm run cost`, and test/full/cost.test.ts.
    expect(called.sort()).toEqual([...files.keys(), 'docs/cost.generated.md'].sort());
  });
});
