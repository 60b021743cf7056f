import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findChromium } from './findChromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-chromium-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

const bare = { places: [], install: () => 'no network' };

it('takes the one that CHROME_PATH names, or says that it is none', () => {
  const path = program('mine');
  expect(findChromium({ ...bare, env: { CHROME_PATH: path } })).toBe(path);
  expect(() => findChromium({ ...bare, env: { CHROME_PATH: join(folder, 'absent') } })).toThrow('no program');
});

it('finds one by its usual names', () => {
  const path = program('google-chrome');
  expect(findChromium({ ...bare, env: { PATH: `/absent:${folder}` } })).toBe(path);
});

it('installs one where there is none, and takes what is there then', () => {
  const install = () => {
    program('chromium');
    return 'done';
  };
  expect(findChromium({ ...bare, env: { PATH: folder }, install })).toBe(join(folder, 'chromium'));
});

it('says plainly that tests are skipped for want of it', () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(findChromium({ ...bare, env: { PATH: folder } })).toBeUndefined();
  expect(written).toHaveBeenCalledWith('skipped: no Chromium on this machine (no network)\n');
});
