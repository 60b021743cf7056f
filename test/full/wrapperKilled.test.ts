import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { endpointOf, gone } from '../system/endings.ts';
import { bin } from '../system/firebreak.ts';
import { startGroup } from '../system/processGroup.ts';
import { hasTool } from '../system/tools.ts';

/** What stands between a person and it is killed, and it alone: whoever typed `npx`, or has an older Node. */
describe('a sandbox whose wrapper is killed', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'firebreak-npm-'));
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(bin, join(folder, 'node_modules', '.bin', 'firebreak'));
    const scripts = { sandbox: 'firebreak sandbox --json' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'project', private: true, scripts }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['npm run', 'npm', ['run', 'sandbox']],
    ['npx', 'npx', ['firebreak', 'sandbox', '--json']],
  ])('%s: it ends, too', async (_what, command, args) => {
    using group = startGroup(command, args, folder);
    const endpoint = await endpointOf(group);
    group.signal('SIGKILL', 'first');
    await gone(group, endpoint);
  });

  const [older] = (process.env['PATH'] ?? '')
    .split(':')
    .map((where) => join(where, 'node'))
    .filter((node) => /^v(?:1\d|2[0-3])\./.test(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? ''));

  it.skipIf(!hasTool('a Node before 24', older ?? 'node-20', ['--version']))(
    'the Node that it was started with, which has started Node 24: it ends, too',
    async () => {
      using group = startGroup(older ?? '', [bin, 'sandbox', '--json']);
      const endpoint = await endpointOf(group);
      group.signal('SIGKILL', 'first');
      await gone(group, endpoint);
    },
  );
});
