/**
 * `npm run build`: `serverless package`, which makes one zip per function (handler and, apart, each SDK service that it may need)
 * and the template. Everything goes to `dist/`, from which the sandbox runs and `serverless deploy` uploads.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { bundleCli } from './bundle.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

async function packageTemplate(): Promise<void> {
  const serverless = spawn(join(root, 'node_modules', '.bin', 'serverless'), ['package', '--param=console=on'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TZ: 'UTC', SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
  });
  // What we were started by is gone (it gave us a channel), or tells us to end: then nothing goes on alone.
  const end = (): void => {
    serverless.kill();
    process.exit(1);
  };
  for (const event of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect']) process.once(event, end);
  const printed = Promise.all([text(serverless.stdout), text(serverless.stderr)]);
  const [status] = await once(serverless, 'close');
  if (status !== 0) {
    process.stderr.write(`firebreak: "serverless package" failed.\n${(await printed).join('')}\n`);
    process.exit(2);
  }
  copyFileSync(
    join(root, '.serverless', 'cloudformation-template-update-stack.json'),
    join(root, 'dist', 'template.json'),
  );
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
await packageTemplate();
// The sandbox keeps what V8 made of the functions' code here; the file is for `npm pack`, which leaves an empty folder out.
mkdirSync(join(root, 'dist', 'compiled'));
writeFileSync(
  join(root, 'dist', 'compiled', 'README'),
  'Compiled code of the functions, kept by the sandbox. It may be deleted.\n',
);
// A channel would hold this process.
process.channel?.unref();
if (process.argv.includes('--cli')) await bundleCli(root);
