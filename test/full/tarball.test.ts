import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from '../../cli/demo/command.ts';
import { nothingLeft, READY } from '../system/endings.ts';
import { startGroup } from '../system/processGroup.ts';
import { type Ran, run } from '../system/run.ts';
import { withoutAws } from '../system/sandboxProcess.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'firebreak-tarball-'));
const empty = join(temporary, 'empty');
const installed = join(empty, 'node_modules', 'firebreak');
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** What must not be carried along: other tests use dist/ while this one packs. */
const left = ['node_modules', 'dist', '.git', '.serverless'];

/** Packs a copy of the clone, built there as on a publish. Answers with the tarball and its files. */
async function pack(): Promise<{ readonly tarball: string; readonly files: readonly string[] }> {
  const copy = join(temporary, 'copy');
  cpSync(root, copy, { recursive: true, filter: (path) => !left.includes(relative(root, path).split('/')[0] ?? '') });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const packed = await run('npm', ['pack', '--json', '--offline', '--pack-destination', temporary], { cwd: copy });
  expect(packed.exit, packed.err).toBe(0);
  const [{ filename, files }] = JSON.parse(packed.out.slice(packed.out.indexOf('[')));
  return { tarball: join(temporary, filename), files: files.map(({ path }: { path: string }) => path) };
}

/** As `npm install` lays it out: the tarball's files, the dependencies that its package.json names, and the command. */
async function install(tarball: string): Promise<void> {
  mkdirSync(installed, { recursive: true });
  const unpacked = await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components', '1']);
  expect(unpacked.exit, unpacked.err).toBe(0);
  const { dependencies, bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const link = join(empty, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  mkdirSync(join(empty, 'node_modules', '.bin'));
  symlinkSync(join(installed, bin.firebreak), join(empty, 'node_modules', '.bin', 'firebreak'));
}

const firebreak = (...args: readonly string[]): Promise<Ran> =>
  run('npx', ['firebreak', ...args], { cwd: empty, env: { ...withoutAws(), npm_config_offline: 'true' } });

describe('the packed tarball', () => {
  let files: readonly string[];
  beforeAll(async () => {
    const packed = await pack();
    files = packed.files;
    await install(packed.tarball);
  }, 300_000);

  it('holds what the command needs, and the documents that it points to', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'bin/firebreak.mjs',
        'dist/cli.mjs',
        'dist/template.json',
        'dist/bundles/decide/handler.cjs',
        'dist/bundles/act/sdk/ecr.cjs',
        'dist/worker/bootstrap.cjs',
        'dist/worlds/payments.account.yaml',
        'rules/settings.yaml',
        'events/ecr-scan-critical.json',
        'events/expected.jsonl',
        'examples/shop.account.yaml',
        'docs/account-file.schema.generated.json',
        'sandbox/README.md',
        'LICENSE',
      ]),
    );
  });

  it('holds no source, test, tool, or second copy of a function', () => {
    const folders = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
    expect([...folders].toSorted()).toEqual(['bin', 'dist', 'docs', 'events', 'examples', 'rules', 'sandbox']);
    expect(files.filter((path) => /\.(ts|map|zip|tgz)$|\.test\.|^sandbox\/(?!README\.md$)/.test(path))).toEqual([]);
  });

  it('says what it can do, and its version', async () => {
    const help = await firebreak('--help');
    expect(help).toMatchObject({ exit: 0, err: '' });
    for (const command of ['demo', 'sandbox', 'explain', 'match', 'incidents', 'undo', 'hold', 'contain']) {
      expect(help.out).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    }
    const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(await firebreak('--version')).toMatchObject({ exit: 0, out: `${version}\n` });
  });

  it('explains an event of its own, by its own rules', async () => {
    const ran = await firebreak('explain', 'node_modules/firebreak/events/ecr-scan-critical.json', '--json');
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(JSON.parse(ran.out)).toMatchObject({
      version: 1,
      events: [{ intake: 'imageScan', decision: 'observe', rule: { name: 'image-critical' } }],
    });
  });

  it('runs the demo to its end', async () => {
    const ran = await firebreak('demo');
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(ran.out.match(/^ +Ended as it should\.$/gm)).toHaveLength(scenarios.length);
    expect(ran.out).toContain(`${scenarios.length} scenarios, all as they should be. `);
  });

  it('keeps the embedded account running until Ctrl-C', async () => {
    using group = startGroup('npx', ['firebreak', 'sandbox', '--json'], empty);
    await group.printed(READY);
    group.signal('SIGINT');
    await nothingLeft(group);
  });
});
