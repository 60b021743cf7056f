import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Artifacts } from '../sandbox/sandbox.ts';
import { UsageError } from './usage.ts';

/** The project's folder, from `cli/` in a clone and from `dist/` in the packed tarball. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const template = join(root, 'dist', 'template.json');

/** Template and bundles: those of the tarball, or in a clone what `npm run build` made, built now if it is not there. */
export function loadArtifacts(): Artifacts {
  if (!existsSync(template)) build();
  try {
    return { template: JSON.parse(readFileSync(template, 'utf8')), bundles: join(root, 'dist', 'bundles') };
  } catch (cause) {
    throw new UsageError(`${template} cannot be read. Run "npm run build".`, { cause });
  }
}

function build(): void {
  const run = spawnSync(process.execPath, [buildScript()], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) throw new UsageError(FAILED);
}

const FAILED = 'The build failed; see the lines above.';

/** Says that it takes a while. Throws UsageError where nothing can be built. */
function buildScript(): string {
  const script = join(root, 'tools', 'build.ts');
  if (!existsSync(script)) throw new UsageError('The packed template is missing. Install the package again.');
  process.stderr.write('Building functions and template …\n');
  return script;
}

/**
 * The same while this process goes on: for a command that is there to be stopped. The build ends with it, whether it is stopped or
 * killed. Answers whether there is something to load: not when it was stopped first. Throws UsageError.
 */
export async function builtBefore(stopped: Promise<void>): Promise<boolean> {
  if (existsSync(template)) return true;
  // Through its channel the build hears of our end.
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const builder = spawn(process.execPath, [buildScript()], { cwd: root, stdio: [...stdio] });
  const ended = once(builder, 'exit');
  const outcome = await Promise.race([ended.then(([status]) => status as number | null), stopped]);
  if (outcome === 0) return true;
  if (outcome !== undefined) throw new UsageError(FAILED);
  builder.kill();
  await ended;
  return false;
}
