import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions, commandBundle } from '../../tools/bundle.ts';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const root = mkdtempSync(join(tmpdir(), 'firebreak-bundle-'));
const out = join(root, 'out');

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeAll(async () => {
  write('shared/platform/sdk/sns.ts', 'export const client = "the client of sns";');
  write('shared/platform/sdk/cloudwatchLogs.ts', 'export const client = "the client of logs";');
  write('shared/platform/topics.ts', 'export const sns = () => import("./sdk/sns.ts");');
  write('shared/report/later.ts', 'export const later = "loaded with the rest";');
  write(
    'shared/report/lazy.ts',
    'export const lazy = () => import("./later.ts"); export const logs = () => import("../platform/sdk/cloudwatchLogs.ts");',
  );
  write(
    'functions/report/handler.ts',
    'import { sns } from "../../shared/platform/topics.ts"; import { lazy, logs } from "../../shared/report/lazy.ts"; export const handler = async () => [(await sns()).client, (await lazy()).later, (await logs()).client];',
  );
  write('functions/sweep/handler.ts', 'export const handler = async () => "sweep";');
  write('out/report/sdk/gone.cjs', 'left by an earlier build');
  write('shared/actions/seen.ts', 'export const seen: string[] = [];');
  for (const name of ['stop', 'start']) {
    write(
      `shared/actions/${name}.ts`,
      `import { seen } from './seen.ts'; seen.push('${name}');
      export const ${name}Action = { name: 'ecs.${name}', says: () => '${name} with ' + seen.join(), client: () => import('../platform/sdk/sns.ts') };`,
    );
  }
  write(
    'shared/actions/catalogue.ts',
    'import { startAction } from "./start.ts"; import { stopAction } from "./stop.ts"; export const catalogue = [startAction, stopAction]; export const actionNamed = (name: string) => catalogue.find((one) => one.name === name);',
  );
  write(
    'functions/act/handler.ts',
    'import { actionNamed, catalogue } from "../../shared/actions/catalogue.ts"; import { seen } from "../../shared/actions/seen.ts"; export const handler = async (name: string) => [catalogue.map((one) => one.name), [...seen], actionNamed(name)?.says(), (await actionNamed(name)?.client())?.client];',
  );
  await bundleFunctions(root, out);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const text = (path: string): string => readFileSync(join(out, path), 'utf8');

describe('the bundle of a function', () => {
  it('has each SDK module that is imported when needed in a file of its own, and nothing else there', () => {
    expect(readdirSync(join(out, 'report', 'sdk')).toSorted()).toEqual(['cloudwatchLogs.cjs', 'sns.cjs']);
    expect(text('report/sdk/sns.cjs')).toContain('the client of sns');
    expect(text('report/handler.cjs')).not.toContain('the client of');
    expect(text('report/handler.cjs')).toContain('./sdk/sns.cjs');
  });

  it('keeps what is imported when needed and is no SDK module', () => {
    expect(text('report/handler.cjs')).toContain('loaded with the rest');
  });

  it('runs as CommonJS, with its SDK modules', async () => {
    const { handler } = createRequire(import.meta.url)(join(out, 'report', 'handler.cjs'));
    expect(await handler()).toEqual(['the client of sns', 'loaded with the rest', 'the client of logs']);
  });

  it('has no SDK module that it never imports', () => {
    expect(readdirSync(join(out, 'sweep', 'sdk'))).toEqual([]);
    expect(existsSync(join(out, 'sweep', 'handler.cjs'))).toBe(true);
  });
});

describe('the bundle of a function that holds the catalogue', () => {
  it('has each action in a file of its own, read when it is asked for and no earlier, with what they share once', async () => {
    const { handler } = createRequire(import.meta.url)(join(out, 'act', 'handler.cjs'));
    const names = ['ecs.start', 'ecs.stop'];
    expect(await handler('ecs.stop')).toEqual([names, [], 'stop with stop', 'the client of sns']);
    expect(await handler('ecs.start')).toEqual([names, ['stop'], 'start with stop,start', 'the client of sns']);
    const files = readdirSync(join(out, 'act')).filter((file) => !file.startsWith('part.'));
    expect(files.toSorted()).toEqual(['action.ecs.start.cjs', 'action.ecs.stop.cjs', 'handler.cjs', 'sdk']);
  });

  it('is not made of an action that no file exports by itself', async () => {
    const other = mkdtempSync(join(root, 'other-'));
    const place = (path: string, source: string): void => write(join(basename(other), path), source);
    place('shared/actions/catalogue.ts', 'export const catalogue = [{ name: "ecs.nobody" }];');
    place('functions/act/handler.ts', 'export { catalogue } from "../../shared/actions/catalogue.ts";');
    await expect(bundleFunctions(other, join(other, 'out'))).rejects.toThrow('ecs.nobody: no file below');
  });
});

describe('its zip', () => {
  const bytes = (name: string): Uint8Array => readFileSync(join(out, `${name}.zip`));

  it('holds the same files', () => {
    const files = unzipSync(bytes('report'));
    expect(Object.keys(files)).toEqual(['handler.cjs', 'sdk/cloudwatchLogs.cjs', 'sdk/sns.cjs']);
    expect(new TextDecoder().decode(files['handler.cjs'])).toBe(text('report/handler.cjs'));
  });

  it('is equal for equal content, in any time zone: the first of January 2026, 00:00', async () => {
    // The MS-DOS time and date of the first file, at offset 10 of its header (PKWARE APPNOTE, 4.4.6).
    const header = new DataView(Uint8Array.from(bytes('report')).buffer);
    expect(header.getUint16(10, true)).toBe(0);
    expect(header.getUint16(12, true)).toBe(((2026 - 1980) << 9) | (1 << 5) | 1);
    const before = bytes('report');
    await bundleFunctions(root, out, ['report']);
    expect(bytes('report')).toEqual(before);
  });
});

describe('the project itself', () => {
  const built = join(root, 'project');

  it('gives Act its clients on first use, and credentials from the environment alone', async () => {
    await bundleFunctions(project, built, ['act']);
    const files = readdirSync(join(built, 'act', 'sdk'));
    expect(files).toEqual(expect.arrayContaining(['ecr.cjs', 'ecs.cjs', 'lambda.cjs', 's3.cjs', 'sfn.cjs', 'sts.cjs']));
    expect(files).not.toContain('dynamodb.cjs');
    for (const file of ['handler.cjs', 'sdk/ecr.cjs']) {
      const code = readFileSync(join(built, 'act', file), 'utf8');
      expect(code.includes('No AWS credentials in the environment of this function'), file).toBe(true);
      // What the SDK's own chain would look for in a profile.
      expect(code.includes('credential_process'), file).toBe(false);
    }
  }, 60_000);
});

describe('the bundle of the command', () => {
  it('asks for no package that an installation of the tarball does not bring', async () => {
    const { metafile } = await build({ ...commandBundle(project), write: false, metafile: true });
    const outside = Object.values(metafile.outputs)
      .flatMap(({ imports }) => imports)
      .flatMap(({ path, external }) =>
        external && !path.startsWith('node:') && !builtinModules.includes(path) ? path : [],
      )
      .map((path) =>
        path
          .split('/')
          .slice(0, path.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    expect(outside).toContain('commander');
    expect([...new Set(outside)].filter((name) => !(name in dependencies))).toEqual([]);
  });
});
