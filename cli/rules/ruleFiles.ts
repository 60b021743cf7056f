import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codes, type ProblemCode } from '../../shared/rules/codes.ts';
import type { Problem, RuleSource } from '../../shared/rules/rule.ts';
import { tooLarge } from '../../shared/rules/text.ts';
import { reasonOf } from '../files.ts';
import { UsageError } from '../usage.ts';

export interface RuleFiles {
  /** With the extension, so that `a.yaml` and `a.yml` can be told apart. */
  readonly sources: readonly RuleSource[];
  /** Of what was not read. */
  readonly problems: readonly Problem[];
}

/** No file of rules comes near it: what is larger is not read into memory to be told so. */
const LARGEST_READ = 1024 * 1024;
const extension = /\.(ya?ml|json)$/;
/** What is there for people and tools, and never meant as a rule. */
const beside = /^\.|\.md$/i;

/** The path of a source below the folder that it was read from. */
export const fileOf = (source: string): string => source.replace(/^rules\//, '');

const problem = (code: ProblemCode, file: string, message: string, suggestion: string): Problem => ({
  ...{ code, level: codes[code].level, file, line: 1, column: 1, path: '', message, suggestion },
});

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new UsageError(`${folder} is not a folder of rules that can be read: ${reasonOf(cause)}.`, { cause });
  }
}

/** A file as it is on the disk, byte order mark and all: lint says what is wrong with it. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false });

function filesIn(
  folder: string,
  below: '' | 'exemptions/',
  into: { sources: RuleSource[]; problems: Problem[] },
): void {
  for (const { name } of entriesOf(join(folder, below))) {
    const file = `${below}${name}`;
    const path = join(folder, file);
    const stat = statOf(path);
    if (file === 'exemptions' && stat?.isDirectory() === true) {
      filesIn(folder, 'exemptions/', into);
    } else if (beside.test(name)) {
      // Nobody means it as a rule.
    } else if (stat === undefined) {
      throw new UsageError(`${path} cannot be read: it leads to no file.`);
    } else if (!stat.isFile() || !extension.test(name)) {
      const message = stat.isDirectory() ? 'is a folder that nothing reads' : 'is read by nothing';
      const suggestion = 'rules are *.yaml, *.yml and *.json here, exemptions those in exemptions/';
      into.problems.push(problem('not-read', file, message, suggestion));
    } else if (stat.size > LARGEST_READ) {
      const { message, suggestion } = tooLarge(stat.size);
      into.problems.push(problem('too-large', file, message, suggestion));
    } else {
      const prefix = below === '' && !/^settings\./.test(name) ? 'rules/' : '';
      into.sources.push({ path: `${prefix}${file}`, text: read(path) });
    }
  }
}

/** The files of a folder laid out like `rules/`. Throws UsageError when it, or a file in it, cannot be read, or when there are none. */
export function readRuleFiles(folder: string): RuleFiles {
  const into = { sources: [], problems: [] as Problem[] };
  filesIn(folder, '', into);
  const { sources, problems } = into;
  if (sources.length === 0 && !problems.some(({ level }) => level === 'error')) {
    throw new UsageError(`${folder} holds no rules: they are its *.yaml, *.yml and *.json files.`);
  }
  return into;
}
