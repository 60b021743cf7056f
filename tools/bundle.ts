import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { zipSync } from 'fflate';
import { type Bundle, bundleWithLazyActions } from './lazyActions.ts';

/**
 * CommonJS loads 20 to 30 % faster than ES modules here, and module/main fields keep the SDK's own tree-shaken builds
 * (measured: docs/decisions/0003-bundles.md).
 */
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  keepNames: false,
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * On Lambda credentials come from the environment. The SDK's default chain would bring every other place that they could
 * come from (SSO, profiles, instance metadata): a fifth of each client.
 */
const lambdaCredentials = (root: string): { readonly [module: string]: string } => ({
  '@aws-sdk/credential-provider-node': join(root, 'shared', 'platform', 'sdk', 'lambdaCredentials.ts'),
});

/** How every file of a function is bundled, but for its entry and its place. */
export const lambdaBundle = (root: string) => ({ ...shared, alias: lambdaCredentials(root) }) satisfies BuildOptions;

const sdkFolder = (root: string): string => join(root, 'shared', 'platform', 'sdk');

/** `import('./ecr.ts')` of an SDK module becomes a require of a file of its own, read on first use. */
const lazySdk = (root: string, seen: Set<string>): Plugin => ({
  name: 'lazy-sdk',
  setup(builder) {
    builder.onResolve({ filter: /^\..*\.ts$/ }, (args) => {
      const path = resolve(args.resolveDir, args.path);
      if (args.kind !== 'dynamic-import' || dirname(path) !== sdkFolder(root)) return undefined;
      const name = basename(path, '.ts');
      seen.add(name);
      return { path: `./sdk/${name}.cjs`, external: true };
    });
  },
});

/** A zip holds local time: this one reads the same wherever it is written. Equal content gives an equal zip. */
const zipTime = new Date(2026, 0, 1);

function zip(folder: string, target: string): void {
  const files: { [path: string]: Uint8Array } = {};
  const add = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) add(inner);
      else files[inner] = readFileSync(join(folder, inner));
    }
  };
  add('');
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(target, zipSync(sorted, { mtime: zipTime, level: 6 }));
}

const folders = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

/**
 * Writes `<out>/<function>/{handler.cjs,action.*.cjs,part.*.cjs,sdk/*.cjs}` and `<out>/<function>.zip` for each folder below `functions/`, or for those
 * that are named.
 */
export async function bundleFunctions(
  root: string,
  out = join(root, 'dist', 'bundles'),
  names = folders(join(root, 'functions')),
): Promise<void> {
  const seenBy = new Map<string, Set<string>>();
  await Promise.all(
    names.map(async (name) => {
      const seen = new Set<string>();
      seenBy.set(name, seen);
      // What an earlier build left here would go into the zip as well.
      rmSync(join(out, name), { recursive: true, force: true });
      mkdirSync(join(out, name, 'sdk'), { recursive: true });
      const options: Bundle = {
        ...lambdaBundle(root),
        entryPoints: [join(root, 'functions', name, 'handler.ts')],
        outfile: join(out, name, 'handler.cjs'),
        plugins: [lazySdk(root, seen)],
      };
      if (!(await bundleWithLazyActions(root, options))) await build(options);
    }),
  );
  const services = new Set([...seenBy.values()].flatMap((seen) => [...seen]));
  const built = new Map<string, Uint8Array>();
  await Promise.all(
    [...services].map(async (service) => {
      const entry = join(sdkFolder(root), `${service}.ts`);
      const result = await build({ ...lambdaBundle(root), entryPoints: [entry], write: false });
      for (const { contents } of result.outputFiles) built.set(service, contents);
    }),
  );
  for (const [name, seen] of seenBy) {
    const folder = join(out, name);
    for (const service of seen) {
      const contents = built.get(service);
      if (contents === undefined) throw new Error(`shared/platform/sdk/${service}.ts gave no bundle`);
      writeFileSync(join(folder, 'sdk', `${service}.cjs`), contents);
    }
    zip(folder, `${folder}.zip`);
  }
}

/** The command as one file, for the packed tarball: type stripping does not work below node_modules. Packages stay outside. */
export const commandBundle = (root: string) =>
  ({
    ...shared,
    format: 'esm',
    minify: false,
    packages: 'external',
    supported: {},
    entryPoints: [join(root, 'cli', 'main.ts')],
    outfile: join(root, 'dist', 'cli.mjs'),
  }) satisfies BuildOptions;

/** Bundles the command. What it finds by a path relative to one of its modules lies at the same path beside `dist/cli.mjs`. */
export async function bundleCli(root: string): Promise<void> {
  await build(commandBundle(root));
  // sandbox/kernel/worker.ts starts threads from ./worker; cli/demo/theatre.ts reads ./worlds.
  cpSync(join(root, 'sandbox', 'kernel', 'worker'), join(root, 'dist', 'worker'), { recursive: true });
  cpSync(join(root, 'cli', 'demo', 'worlds'), join(root, 'dist', 'worlds'), { recursive: true });
}
