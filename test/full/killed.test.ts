import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointOf, firebreakGroup, gone, nothingLeft } from '../system/endings.ts';
import { startGroup } from '../system/processGroup.ts';
import { scanEvent, unused } from '../system/scan.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const world = fileURLToPath(new URL('../system/payments.account.yaml', import.meta.url));

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
