import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Artifacts } from '../sandbox/sandbox.ts';
import { UsageError } from './usage.ts';

/** The project's folder, from `cli/` in a clone and from `dist/` in the packed tarball. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Template and bundles: those of the tarball, or in a clone what `npm run build` made, built now if it is not there. */
export function loadArtifacts(): Artifacts {
  const template = join(root, 'dist', 'template.json');
  if (!existsSync(template)) build();
  try {
    return { template: JSON.parse(readFileSync(template, 'utf8')), bundles: join(root, 'dist', 'bundles') };
  } catch (cause) {
    throw new UsageError(`${template} cannot be read. Run "npm run build".`, { cause });
  }
}

function build(): void {
  const script = join(root, 'tools', 'build.ts');
  if (!existsSync(script)) throw new UsageError('The packed template is missing. Install the package again.');
  process.stderr.write('Building functions and template …\n');
  const run = spawnSync(process.execPath, [script], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) throw new UsageError('The build failed; see the lines above.');
}
