import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firebreakGroup, nothingLeft, READY } from '../system/endings.ts';
import { bin } from '../system/firebreak.ts';
import { type ProcessGroup, startGroup } from '../system/processGroup.ts';
import { scanEvent, unused } from '../system/scan.ts';
import { hasTool } from '../system/tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const world = fileURLToPath(new URL('../system/payments.account.yaml', import.meta.url));

/** Where it takes calls, once it does. */
const endpointOf = async (group: ProcessGroup): Promise<string> =>
  JSON.parse(READY.exec(await group.printed(READY))?.[0] ?? '').endpoint;

async function gone(group: ProcessGroup, endpoint: string): Promise<void> {
  await nothingLeft(group);
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
}

/** Nobody can clean up after SIGKILL: what would have to be cleaned up may not be there in the first place. */
describe('a sandbox that is killed leaves no process, no file and no port', () => {
  it('before it has said anything', async () => {
    using group = firebreakGroup('sandbox', '--json');
    await expect.poll(() => group.left().length).toBeGreaterThan(0);
    group.signal('SIGKILL');
    await nothingLeft(group);
  });

  it('as soon as it takes calls', async () => {
    using group = firebreakGroup('sandbox', '--json');
    const endpoint = await endpointOf(group);
    group.signal('SIGKILL');
    await gone(group, endpoint);
  });

  it('while its functions work on an event', async () => {
    using group = firebreakGroup('sandbox', '--json', '--account', world, '--speed', '30', '--log');
    const endpoint = await endpointOf(group);
    const event = scanEvent({ image: unused, id: 'e-1', time: new Date() });
    const put = await fetch(`${endpoint}/_sandbox/events`, { method: 'POST', body: JSON.stringify(event) });
    expect(await put.json()).toEqual({ delivered: 1 });
    await group.printed(/allowed {2}states:StartExecution/);
    group.signal('SIGKILL');
    await gone(group, endpoint);
  });
});

describe('a sandbox that has to be built first, in a fresh clone', () => {
  let clone: string;
  beforeAll(() => {
    clone = mkdtempSync(join(tmpdir(), 'firebreak-clone-'));
    const left = ['node_modules', 'dist', '.git', '.serverless'];
    const filter = (path: string): boolean => !left.includes(relative(root, path).split('/')[0] ?? '');
    cpSync(root, clone, { recursive: true, filter });
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  });
  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  it.each([
    ['killed', 'SIGKILL', [null, 'SIGKILL']],
    ['stopped', 'SIGTERM', [0, null]],
  ] as const)('and is %s meanwhile: the build ends with it', async (_what, signal, ended) => {
    using group = startGroup(process.execPath, [join(clone, 'bin', 'firebreak.mjs'), 'sandbox', '--json']);
    await expect.poll(() => group.left().join('\n'), { timeout: 60_000 }).toContain('serverless package');
    group.signal(signal, 'first');
    await nothingLeft(group);
    expect(await group.ended).toEqual(ended);
    expect(existsSync(join(clone, 'dist', 'template.json'))).toBe(false);
  });
});

/** What stands between a person and it is killed, and it alone: whoever typed `npx`, or has an older Node. */
describe('whose wrapper is killed', () => {
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
