import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/usr/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Whoever else installs something is waited for. */
const APT = ['-qq', '-y', '-o', 'DPkg::Lock::Timeout=600'];

/** Where it is looked for; a test says otherwise. */
interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly places: readonly string[];
  /** Answers with why it could not be installed; what comes of it is looked at, not believed. */
  readonly install: () => string;
}

/**
 * Path of a Chromium or Chrome on this machine. Where there is none, and root runs this on Debian, its package is installed: once,
 * because it is found from then on. Undefined when there is none after all, which is said on standard output: whoever asks skips.
 * Throws when CHROME_PATH names what cannot be run.
 */
export function findChromium(machine: Partial<Machine> = {}): string | undefined {
  const { env = process.env, places = PLACES, install = installWithApt } = machine;
  const named = env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (!runs(named)) throw new Error(`CHROME_PATH is ${named}, which is no program that can be run`);
    return named;
  }
  const search = (): string | undefined => {
    const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
    return [...places, ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))].find(runs);
  };
  const found = search();
  if (found !== undefined) return found;
  const why = install();
  const now = search();
  if (now === undefined) process.stdout.write(`skipped: no Chromium on this machine (${why})\n`);
  return now;
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installWithApt(): string {
  if (!existsSync('/etc/debian_version')) return 'set CHROME_PATH to one';
  if (process.getuid?.() !== 0) return 'only root could install it: apt-get install chromium';
  const apt = (...args: readonly string[]) =>
    spawnSync('apt-get', [...APT, ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
  apt('update');
  const { status, stderr, error } = apt('install', '--no-install-recommends', 'chromium');
  const last = error?.message ?? (stderr ?? '').trim().split('\n').at(-1);
  return `apt-get install chromium ended with ${status ?? 'nothing'}: ${last}`;
}
