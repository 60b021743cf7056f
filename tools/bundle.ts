import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { zipSync } from 'fflate';

/**
 * CommonJS loads 20 to 30 % faster than ES modules here, and module/main fields keep the SDK's own tree-shaken builds
 * (measured: docs/decisions/0004-bundles.md).
 */
const shared: BuildOptions = {
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
};

/**
 * On Lambda credentials come from the environment. The SDK's default chain would bring every other place that they could
 * come from (SSO, profiles, instance metadata): a fifth of each client.
 */
const lambdaCredentials = (root: string): { readonly [module: string]: string } => ({
  '@aws-sdk/credential-provider-node': join(root, 'shared', 'platform', 'sdk', 'lambdaCredentials.ts'),
});

/** How every file of a function is bundled, but for its entry and its place. */
export const lambdaBundle = (root: string): BuildOptions => ({ ...shared, alias: lambdaCredentials(root) });

/** `import('./ecr.ts')` of an SDK module becomes a require of a file of its own, read on first use. */
const lazySdk = (seen: Set<string>): Plugin => ({
  name: 'lazy-sdk',
  setup(builder) {
    builder.onResolve({ filter: /\/sdk\/[a-z0-9]+\.ts$|^\.\/[a-z0-9]+\.ts$/ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const name = basename(args.path, '.ts');
      seen.add(name);
      return { path: `./sdk/${name}.cjs`, external: true };
    });
  },
});

/** Fixed times, so that equal content gives an equal zip. */
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
  writeFileSync(target, zipSync(sorted, { mtime: new Date('2026-01-01T00:00:00Z'), level: 6 }));
}

/** Writes `dist/bundles/<function>/{handler.cjs,sdk/*.cjs}` and `dist/bundles/<function>.zip` for each folder with a handler. */
export async function bundleFunctions(root: string): Promise<void> {
  const names = readdirSync(join(root, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const seenBy = new Map<string, Set<string>>();
  await Promise.all(
    names.map(async (name) => {
      const seen = new Set<string>();
      seenBy.set(name, seen);
      await build({
        ...lambdaBundle(root),
        entryPoints: [join(root, 'functions', name, 'handler.ts')],
        outfile: join(root, 'dist', 'bundles', name, 'handler.cjs'),
        plugins: [lazySdk(seen)],
      });
    }),
  );
  const services = new Set([...seenBy.values()].flatMap((seen) => [...seen]));
  const built = new Map<string, Uint8Array>();
  await Promise.all(
    [...services].map(async (service) => {
      const entry = join(root, 'shared', 'platform', 'sdk', `${service}.ts`);
      const result = await build({ ...lambdaBundle(root), entryPoints: [entry], write: false });
      const file = result.outputFiles[0];
      if (file !== undefined) built.set(service, file.contents);
    }),
  );
  for (const [name, seen] of seenBy) {
    const folder = join(root, 'dist', 'bundles', name);
    mkdirSync(join(folder, 'sdk'), { recursive: true });
    for (const service of seen) writeFileSync(join(folder, 'sdk', `${service}.cjs`), built.get(service) ?? '');
    zip(folder, `${folder}.zip`);
  }
}

/** The command as one file, for the packed tarball: type stripping does not work below node_modules. */
export async function bundleCli(root: string): Promise<void> {
  await build({
    ...shared,
    format: 'esm',
    minify: false,
    packages: 'external',
    supported: {},
    entryPoints: [join(root, 'cli', 'main.ts')],
    outfile: join(root, 'dist', 'cli.mjs'),
  });
}
