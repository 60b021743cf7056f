import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const leftOut = new Set(['node_modules', 'dist', '.git', '.serverless']);

export interface TreeCopy {
  readonly root: string;
  remove(): void;
}

/**
 * The working tree once more, in a folder of its own that may be changed. It is gone with the process, if not before.
 * What is `linked` is read there and changed by nobody; a copy that builds for itself leaves `dist` out.
 */
export function copyTree(from: string, linked: readonly string[] = ['node_modules', 'dist']): TreeCopy {
  const root = mkdtempSync(join(tmpdir(), 'firebreak-tree-'));
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  process.once('exit', remove);
  cpSync(from, root, { recursive: true, filter: (path) => !leftOut.has(path.slice(from.length + 1)) });
  for (const name of linked) if (existsSync(join(from, name))) symlinkSync(join(from, name), join(root, name));
  return { root, remove };
}
