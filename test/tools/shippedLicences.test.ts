import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { shippedLicences } from '../../tools/shippedLicences.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder whose lockfile has these packages; `manifest` is what a package says itself, where it is installed. */
function folderWith(packages: {
  readonly [path: string]: { readonly manifest?: object; readonly lock?: object };
}): string {
  const root = mkdtempSync(join(tmpdir(), 'firebreak-licences-'));
  folders.push(root);
  const entries = Object.entries(packages).map(([path, { lock = {} }]) => [path, lock]);
  const lock = { packages: { '': { license: 'GPL-3.0' }, ...Object.fromEntries(entries) } };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
  for (const [path, { manifest }] of Object.entries(packages)) {
    if (manifest === undefined) continue;
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), JSON.stringify(manifest));
  }
  return root;
}

const refused = (manifest: object): boolean =>
  shippedLicences(folderWith({ 'node_modules/one': { manifest } })).refused.length > 0;

describe('what is shipped', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-only)', '(BSD-2-Clause AND MIT)'])('may be under %s', (license) => {
    expect(refused({ license })).toBe(false);
  });

  it.each(['GPL-3.0-only', 'LGPL-2.1', 'SEE LICENSE IN LICENSE', 'UNLICENSED', '(MIT AND GPL-3.0-only)', ''])(
    'may not be under "%s"',
    (license) => {
      expect(refused({ license })).toBe(true);
    },
  );

  it('must name a licence', () => {
    const root = folderWith({ 'node_modules/one': { manifest: {} }, 'node_modules/two': {} });
    expect(shippedLicences(root)).toEqual({
      shipped: 2,
      refused: ['node_modules/one: no licence named', 'node_modules/two: no licence named'],
    });
  });

  it('is judged by its own manifest, in the old forms too, else by the lockfile', () => {
    expect(refused({ license: { type: 'MIT' } })).toBe(false);
    expect(refused({ licenses: [{ type: 'GPL-3.0' }] })).toBe(true);
    const lying = { manifest: { license: 'GPL-3.0' }, lock: { license: 'MIT' } };
    expect(shippedLicences(folderWith({ 'node_modules/one': lying })).refused).toEqual(['node_modules/one: GPL-3.0']);
    const notInstalled = { lock: { license: 'GPL-3.0' } };
    expect(shippedLicences(folderWith({ 'node_modules/one': notInstalled })).refused).toHaveLength(1);
  });

  it('is not what only development needs', () => {
    const lock = { license: 'GPL-3.0', dev: true };
    expect(shippedLicences(folderWith({ 'node_modules/one': { lock } }))).toEqual({ shipped: 0, refused: [] });
  });
});
