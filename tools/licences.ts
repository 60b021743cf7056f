/**
 * `npm run licences`: nothing copyleft is shipped. Reads the lockfile's production dependencies and each package's own
 * manifest; a licence that is not on the list below, or none, fails.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const permissive = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
]);

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: { readonly [path: string]: LockEntry };
};

function licenceOf(path: string, entry: LockEntry): string | undefined {
  const manifest = join(root, path, 'package.json');
  if (!existsSync(manifest)) return entry.license;
  const { license, licenses } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    readonly license?: string | { readonly type: string };
    readonly licenses?: readonly { readonly type: string }[];
  };
  return typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type ?? entry.license);
}

/** `(MIT OR GPL-3.0)` may be taken as MIT; with AND each must be permissive. */
const allowed = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((one) => permissive.has(one.trim())));

const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);
const refused = shipped.flatMap(([path, entry]) => {
  const licence = licenceOf(path, entry);
  return licence !== undefined && allowed(licence) ? [] : [`${path}: ${licence ?? 'no licence named'}`];
});

if (refused.length > 0) {
  process.stderr.write(`Not shippable:\n  ${refused.join('\n  ')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${shipped.length} shipped packages, all permissive.\n`);
}
