import { readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';

/** An action of the catalogue, the file that exports it, and under which name. */
interface Placed {
  readonly name: string;
  readonly keys: readonly string[];
  readonly file: string;
  readonly exported: string;
}

type Exports = { readonly [exported: string]: unknown };

const load = (file: string): Promise<Exports> => import(pathToFileURL(file).href);

const catalogueOf = (root: string): string => join(root, 'shared', 'actions', 'catalogue.ts');

async function placed(root: string): Promise<readonly Placed[]> {
  const catalogue = (await load(catalogueOf(root)))['catalogue'] as readonly { readonly name: string }[];
  const folder = join(root, 'shared', 'actions');
  const found = new Map<unknown, Placed>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, entry);
    if (!entry.endsWith('.ts') || file === catalogueOf(root)) continue;
    for (const [exported, value] of Object.entries(await load(file))) {
      const action = catalogue.find((one) => one === value);
      if (action !== undefined) found.set(value, { name: action.name, keys: Object.keys(action), file, exported });
    }
  }
  return catalogue.map((action) => {
    const place = found.get(action);
    if (place === undefined) throw new Error(`${action.name}: no file below shared/actions exports it by itself`);
    return place;
  });
}

const fileOf = (action: Placed): string => `action.${action.name}`;

/** The catalogue of a bundle: the same list, of which each entry knows its name and reads the rest from its file on first use. */
const lazyCatalogue = (actions: readonly Placed[]): string => `
  const lazy = (name, keys, load) => {
    const action = { name };
    for (const key of keys) Object.defineProperty(action, key, { enumerable: true, get: () => load()[key] });
    return action;
  };
  export const catalogue = [${actions.map(
    (action) => `lazy(
      ${JSON.stringify(action.name)},
      ${JSON.stringify(action.keys.filter((key) => key !== 'name'))},
      () => module.require('./${fileOf(action)}.cjs').${action.exported})`,
  )}];
  export const actionNamed = (name) => catalogue.find((action) => action.name === name);`;

const inPlaceOf = (path: string, contents: string): Plugin => ({
  name: 'in-place-of',
  setup(builder) {
    builder.onLoad({ filter: /\.ts$/ }, (args) => (args.path === path ? { contents, loader: 'js' } : undefined));
  },
});

/** How a handler is bundled into one file. */
export interface Bundle extends BuildOptions {
  readonly entryPoints: [string];
  readonly outfile: string;
  readonly plugins: Plugin[];
  readonly target: string;
  readonly supported: { [feature: string]: boolean };
}

/**
 * Bundles a handler, and beside it each action of the catalogue as a file of its own: what an action does is loaded when a rule
 * names it, so that the start of no function grows with the catalogue. What several of these files need lies in `part.*.cjs`,
 * once. Answers with false, and writes nothing, where the handler does not hold the catalogue.
 * esbuild splits ES modules alone: each of the files is made CommonJS after that.
 */
export async function bundleWithLazyActions(root: string, bundle: Bundle): Promise<boolean> {
  const { outfile, entryPoints, plugins, ...options } = bundle;
  const plain = await build({ ...options, entryPoints, plugins, write: false, metafile: true, absWorkingDir: root });
  const holds = Object.keys(plain.metafile.inputs).some((input) => resolve(root, input) === catalogueOf(root));
  if (!holds) return false;
  const actions = await placed(root);
  const { outputFiles } = await build({
    ...options,
    format: 'esm',
    splitting: true,
    write: false,
    outdir: dirname(outfile),
    absWorkingDir: root,
    outExtension: { '.js': '.cjs' },
    chunkNames: 'part.[hash]',
    entryPoints: [
      { in: entryPoints[0], out: basename(outfile, '.cjs') },
      ...actions.map((action) => ({ in: action.file, out: fileOf(action) })),
    ],
    plugins: [...plugins, inPlaceOf(catalogueOf(root), lazyCatalogue(actions))],
  });
  const { target, supported } = options;
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, { format: 'cjs', platform: 'node', minify: true, target, supported });
    writeFileSync(path, code);
  }
  return true;
}
