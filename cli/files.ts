import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readWorld } from '../sandbox/world/read.ts';
import { type World, worldSchema } from '../sandbox/world/schema.ts';
import { catalogue } from '../shared/actions/catalogue.ts';
import { problemLine } from '../shared/respond/guardStatus.ts';
import { compileRuleSet } from '../shared/rules/compile.ts';
import type { Mode, RuleSet, RuleSource } from '../shared/rules/rule.ts';
import { UsageError } from './usage.ts';

/** Why a file cannot be read, in words. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error
    ? ({
        ENOENT: 'there is no such file',
        EACCES: 'it may not be read',
        EISDIR: 'it is a folder',
        ENOTDIR: 'it is no folder',
      }[String(error.code)] ?? error.message)
    : String(error);

/** A file's text, `-` for standard input. Throws UsageError with the file and why. */
export function readText(file: string): string {
  try {
    // Windows' editors begin a file with a byte order mark, which is no part of the text.
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new UsageError(`${file === '-' ? 'standard input' : file} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

/** The world of an account file; without one, an empty account. */
export function readWorldFile(file: string | undefined): World {
  return file === undefined ? worldSchema.parse({}) : readWorld(readText(file), file);
}

/** The files of a folder laid out like `rules/`, as rule sources. Throws UsageError when there are none. */
export function readRuleFolder(folder: string): readonly RuleSource[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`${folder} is not a folder of rules.`);
  const read = (below: string, prefix: string): RuleSource[] =>
    existsSync(below)
      ? readdirSync(below, { withFileTypes: true })
          .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
          .map((entry) => {
            const name = basename(entry.name).replace(/\.(ya?ml|json)$/, '');
            return { path: `${prefix}${name}`, text: readText(join(below, entry.name)) };
          })
      : [];
  const rules = read(folder, '').map((source) =>
    source.path === 'settings' ? source : { ...source, path: `rules/${source.path}` },
  );
  const all = [...rules, ...read(join(folder, 'exemptions'), 'exemptions/')];
  if (all.length === 0) throw new UsageError(`${folder} holds no rules: they are its *.yaml, *.yml and *.json files.`);
  return all;
}

/** The file that a source was read from: a problem names the parameter that it is stored under. */
function fileOf(folder: string, source: string): string {
  const base = join(folder, source.replace(/^rules\//, ''));
  return ['.yaml', '.yml', '.json'].map((extension) => base + extension).find((file) => existsSync(file)) ?? base;
}

/** A compiled set. Throws UsageError with the first problem's place and mending. */
export function compileFolder(folder: string, defaultMode: Mode = 'observe'): RuleSet {
  const { set, problems } = compileRuleSet(readRuleFolder(folder), catalogue, { defaultMode });
  if (set !== null) return set;
  const [first, ...others] = problems.filter(({ level }) => level === 'error');
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new UsageError(
    first === undefined
      ? `${folder}: the rules cannot be used.`
      : `${problemLine({ ...first, file: fileOf(folder, first.file) })}${more}`,
  );
}
