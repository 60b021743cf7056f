import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from '../../tools/bundle.ts';
import { copyTree } from '../../tools/treeCopy.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A piece of the functions' sources, and what stands there when it is gone. */
export interface Removed {
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
}

/**
 * Bundles the functions without a piece of them.
 * @returns the bundles' folder, until `remove`
 * @throws Error when the text is not exactly once in its file
 */
export async function bundledWithout({ file, text, replacement }: Removed): Promise<{ code: string; remove(): void }> {
  const copy = copyTree(root);
  try {
    const path = join(copy.root, file);
    const source = readFileSync(path, 'utf8');
    if (source.split(text).length !== 2) throw new Error(`The text is not once in ${file}`);
    writeFileSync(
      path,
      source.replace(text, () => replacement),
    );
    const code = join(copy.root, 'bundles');
    await bundleFunctions(copy.root, code);
    return { code, remove: () => copy.remove() };
  } catch (error) {
    copy.remove();
    throw error;
  }
}
