import { codes, type ProblemCode } from '../shared/rules/codes.ts';
import { type Files, lookedAt } from './lintExamples/example.ts';
import { lintExamples } from './lintExamples/examples.ts';

/** Longer lines and files are cut in the page; the test runs them whole. */
const WIDEST = 120;

const visible = (text: string): string =>
  text.replace(
    /[\u200B-\u200F\uFEFF]/g,
    (one) => `⟨U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );

const cut = (line: string, bytes: number): string =>
  line.length <= WIDEST ? line : `${line.slice(0, WIDEST)}… (${bytes.toLocaleString('en-US')} bytes in all)`;

function file([path, content]: readonly [string, Files[string]]): string {
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  const lines = visible(text)
    .trimEnd()
    .split('\n')
    .map((line) => cut(line, Buffer.byteLength(text)));
  return ['```yaml', `# ${path}`, ...lines, '```'].join('\n');
}

const files = (all: Files): string => Object.entries(all).map(file).join('\n');

function section(code: ProblemCode): string {
  const { level, meaning } = codes[code];
  const head = [`## ${code}`, `${level === 'error' ? 'Error' : 'Warning'}. ${meaning}`];
  if (code === 'path') return [...head, 'In Parameter Store alone: a folder has no such place.'].join('\n\n');
  const { bad, at, good } = lintExamples[code];
  return [...head, `Given at \`${at}\`:`, files(bad), 'Mended:', files(good)].join('\n\n');
}

/** `docs/rules.generated.md`: each code that lint gives, with an example that gives it and one that does not. Ends in a newline. */
export function lintMarkdown(): string {
  const all = Object.keys(codes) as ProblemCode[];
  const row = (code: ProblemCode): string =>
    `| [\`${code}\`](#${code}) | ${codes[code].level} | ${codes[code].meaning} |`;
  return `${[
    '# What lint says',
    `Generated from the codes (\`shared/rules/codes.ts\`) and their examples (\`tools/lintExamples\`) by \`npm run generate\`; a test runs each, with \`--at ${lookedAt}\`. \`firebreak rules lint DIR\` says it of a folder, the guard of what is in Parameter Store, by the same code.`,
    'An error keeps an edit from becoming live: the last good set goes on deciding. A warning does not; it stands in the `status` parameter. What depends on the files beside it is a warning alone, so that a file which is right stays right whatever is put there.',
    ['| Code | Level | What it means |', '|---|---|---|', ...all.map(row)].join('\n'),
    ...all.map(section),
  ].join('\n\n')}\n`;
}
