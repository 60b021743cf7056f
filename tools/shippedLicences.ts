import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const permissive = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  // What Python is under, as SPDX has it: permissive.
  'PSF-2.0',
  'Unlicense',
]);

interface LockEntry {
  readonly license?: string;
  readonly dev?: boolean;
}

interface Manifest {
  readonly license?: string | { readonly type: string };
  readonly licenses?: readonly { readonly type: string }[];
}

function licenceOf(folder: string, entry: LockEntry): string | undefined {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return entry.license;
  const { license, licenses } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  return typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type ?? entry.license);
}

/** `(MIT OR GPL-3.0)` may be taken as MIT; with AND each must be permissive. */
const allowed = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((one) => permissive.has(one.trim())));

/**
 * What `npm ci --omit=dev` would bring, by the lockfile of a folder and each package's own manifest, and which of it may not
 * be shipped: a licence that is not on the list above, or none.
 */
export function shippedLicences(root: string): { readonly shipped: number; readonly refused: readonly string[] } {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: { readonly [path: string]: LockEntry };
  };
  const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const refused = shipped.flatMap(([path, entry]) => {
    const licence = licenceOf(join(root, path), entry);
    return licence !== undefined && allowed(licence) ? [] : [`${path}: ${licence ?? 'no licence named'}`];
  });
  return { shipped: shipped.length, refused };
}
