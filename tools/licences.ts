/** `npm run licences`: nothing copyleft is shipped. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedLicences } from './shippedLicences.ts';

const { shipped, refused } = shippedLicences(join(dirname(fileURLToPath(import.meta.url)), '..'));
if (refused.length > 0) {
  process.stderr.write(`Not shippable:\n  ${refused.join('\n  ')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${shipped} shipped packages, all permissive.\n`);
}
