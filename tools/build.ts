/**
 * `npm run build`: `serverless package`, which makes one zip per function (handler and, apart, each SDK service that it may need)
 * and the template. Everything goes to `dist/`, from which the sandbox runs and `serverless deploy` uploads.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCli } from './bundle.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function packageTemplate(): void {
  const serverless = join(root, 'node_modules', '.bin', 'serverless');
  const run = spawnSync(serverless, ['package'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC', SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
  });
  if (run.status !== 0) {
    process.stderr.write(`firebreak: "serverless package" failed.\n${run.stdout}${run.stderr}\n`);
    process.exit(2);
  }
  copyFileSync(
    join(root, '.serverless', 'cloudformation-template-update-stack.json'),
    join(root, 'dist', 'template.json'),
  );
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
packageTemplate();
if (process.argv.includes('--cli')) await bundleCli(root);
