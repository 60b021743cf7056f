import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const folders: string[] = [];

/** Bundles a handler's source, SDK clients and all, as the project's build does; answers with the folder of handler.cjs. */
export async function bundledHandler(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-handler-'));
  folders.push(folder);
  await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'js' },
    outfile: join(folder, 'handler.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  return folder;
}

/** To be called after the tests of a file. */
export async function removeBundledHandlers(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}
