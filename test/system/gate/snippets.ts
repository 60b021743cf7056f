import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const page = readFileSync(fileURLToPath(new URL('../../../docs/gate.md', import.meta.url)), 'utf8');

/** A part of a pipeline of the page that runs the command. */
export interface Snippet {
  /** The file that it is meant for, as its first line says. */
  readonly file: string;
  /** As the CI system hands it to a shell. */
  readonly script: string;
  /** The shell and its options, as the CI system documents them. */
  readonly shell: readonly string[];
  /** What is uploaded, also when the step has failed. */
  readonly artefacts: readonly string[];
}

type Fields = { readonly [key: string]: unknown };
const fields = (value: unknown): Fields => (value !== null && typeof value === 'object' ? (value as Fields) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, key) => fields(inner)[key], value);

const commandsOf = (lines: readonly unknown[]): string =>
  lines
    .map(String)
    .filter((line) => line.includes('firebreak'))
    .join('\n');

/** GitHub: "bash --noprofile --norc -eo pipefail {0}" is that of `shell: bash`, and "bash -e {0}" where none is named. */
function ofGitHub(file: string, workflow: unknown): Snippet {
  const steps = list(at(workflow, 'jobs', 'gate', 'steps')).map(fields);
  const step = steps.find(({ run }) => String(run).includes('firebreak'));
  const upload = steps.find(({ uses }) => String(uses).startsWith('github/codeql-action/upload-sarif@'));
  if (step === undefined || upload === undefined) throw new Error(`${file} has no such steps`);
  if (!String(upload['if']).includes('!cancelled()')) throw new Error('what failed would not be uploaded');
  return {
    file,
    script: String(step['run']),
    shell: ['bash', '-e'],
    artefacts: [String(at(upload, 'with', 'sarif_file'))],
  };
}

/** CodeBuild: each command by `sh`, and the first that fails ends the phase. */
function ofCodeBuild(file: string, buildspec: unknown): Snippet {
  const files = [...list(at(buildspec, 'reports', 'gate', 'files')), ...list(at(buildspec, 'artifacts', 'files'))];
  const script = commandsOf(list(at(buildspec, 'phases', 'build', 'commands')));
  return { file, script, shell: ['sh', '-e'], artefacts: files.map(String) };
}

/** GitLab: one script of all lines, "set -eo pipefail". */
function ofGitLab(file: string, pipeline: unknown): Snippet {
  const artifacts = at(pipeline, 'gate', 'artifacts');
  if (at(artifacts, 'when') !== 'always') throw new Error('what failed would not be uploaded');
  const files = [...list(at(artifacts, 'paths')), at(artifacts, 'reports', 'junit')];
  const script = commandsOf(list(at(pipeline, 'gate', 'script')));
  return { file, script, shell: ['bash', '-eo', 'pipefail'], artefacts: files.map(String) };
}

const readers: readonly (readonly [RegExp, (file: string, value: unknown) => Snippet])[] = [
  [/^\.github\/workflows\//, ofGitHub],
  [/buildspec\.yml$/, ofCodeBuild],
  [/\.gitlab-ci\.yml$/, ofGitLab],
];

/** Every block of YAML of the page that says which file it is. */
export function snippets(): readonly Snippet[] {
  return [...page.matchAll(/```yaml\n# (\S+\.yml)\n([\s\S]*?)```/g)].map(([, file = '', text = '']) => {
    const [, read] = readers.find(([name]) => name.test(file)) ?? [];
    if (read === undefined) throw new Error(`nobody knows how ${file} is run`);
    return read(file, parse(text, { strict: true }));
  });
}

/** The first block of JSON of the page: what a role for it may do. */
export const permissions = (): string => /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
