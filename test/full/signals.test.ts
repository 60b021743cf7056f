import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endsDemo, endsSandbox, FIRST_STEP, firebreakGroup, nothingLeft, READY } from '../system/endings.ts';
import { bin } from '../system/firebreak.ts';
import { startGroup } from '../system/processGroup.ts';

describe.each(['SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  it('ends the demo as a signal does, and leaves no process and no file', () => endsDemo(signal));
  it('ends the sandbox with exit 0, and leaves no process, no file and no port', () => endsSandbox(signal));
});

describe('a sandbox', () => {
  it('ends well although the signal comes twice: Ctrl-C reaches it and its wrapper, which passes it on', async () => {
    using group = firebreakGroup('sandbox', '--json');
    await group.printed(READY);
    group.signal('SIGINT');
    group.signal('SIGINT');
    expect(await group.ended).toEqual([0, null]);
  });

  it('ends well before it was ready', async () => {
    using group = firebreakGroup('sandbox', '--json');
    await expect.poll(() => group.left().length).toBeGreaterThan(0);
    group.signal('SIGTERM');
    await nothingLeft(group);
  });
});

describe('started by npm, through a shell that passes no signal on', () => {
  let folder: string;

  /** A project that has the command installed, and scripts that run it. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'firebreak-npm-'));
    const bins = join(folder, 'node_modules', '.bin');
    mkdirSync(bins, { recursive: true });
    symlinkSync(bin, join(bins, 'firebreak'));
    const scripts = { demo: 'firebreak demo', sandbox: 'firebreak sandbox --json' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'project', private: true, scripts }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['npm run demo', 'npm', ['run', 'demo'], FIRST_STEP],
    ['npm run sandbox', 'npm', ['run', 'sandbox'], READY],
    ['npx firebreak demo', 'npx', ['firebreak', 'demo'], FIRST_STEP],
    ['npx firebreak sandbox', 'npx', ['firebreak', 'sandbox', '--json'], READY],
  ])('%s leaves nothing after Ctrl-C, nor when npm alone is told to end', async (_what, command, args, begun) => {
    for (const [signal, to] of [
      ['SIGINT', 'group'],
      ['SIGTERM', 'first'],
    ] as const) {
      using group = startGroup(command, args, folder);
      await group.printed(begun);
      group.signal(signal, to);
      await nothingLeft(group);
    }
  });
});
