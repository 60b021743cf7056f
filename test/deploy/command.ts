/**
 * `npm run test:deploy`: deploys a clone to moto with the README's commands, again without a change, again with one, and removes it.
 * Exit 0 when all was as it must be, or where there is no moto; 1 when something was not; 2 when it could not be tried.
 */
import { fileURLToPath } from 'node:url';
import { anyMoto } from './moto.ts';
import { playDeployment } from './play.ts';
import { SKIPPED, text } from './report.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
try {
  const moto = await anyMoto();
  if (moto === undefined) process.stdout.write(SKIPPED);
  else {
    try {
      const played = await playDeployment(root, moto);
      process.stdout.write(text(played));
      process.exitCode = played.wrong.length === 0 ? 0 : 1;
    } finally {
      await moto.close();
    }
  }
} catch (error) {
  process.stderr.write(`deploy: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
