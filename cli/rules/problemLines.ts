import { join } from 'node:path';
import type { Problem } from '../../shared/rules/rule.ts';
import { printable } from '../output.ts';
import type { Linted } from './lintCommand.ts';

/** Of a line of the file, around the place. */
const WIDEST = 110;
const BEFORE = 60;

/** A line of a file and the place in it, for a terminal: nothing that it would obey, and not wider than one. */
function excerpt(text: string, { line, column }: Problem): readonly string[] {
  const source = (text.split('\n')[line - 1] ?? '').replaceAll('\t', ' ').trimEnd();
  if (source === '') return [];
  const from = Math.max(0, column - 1 - BEFORE);
  const before = printable(source.slice(from, column - 1));
  const shown = `${before}${printable(source.slice(column - 1, from + WIDEST))}`;
  return [`    ${shown}`, `    ${' '.repeat(before.length)}^`];
}

function linesOf(folder: string, texts: Linted['texts'], problem: Problem): readonly string[] {
  const { file, line, column, level, code, message, suggestion } = problem;
  const text = texts.get(file);
  return [
    `${printable(join(folder, file))}:${line}:${column}: ${level}: ${printable(message)} [${code}]`,
    ...(text === undefined ? [] : excerpt(text, problem)),
    ...(suggestion === '' ? [] : [`  ${printable(suggestion)}`]),
    '',
  ];
}

/** Each problem with its place, the line of the file and what to do, as an editor or a terminal can jump to it. */
export const problemLines = (folder: string, { problems, texts }: Linted): readonly string[] =>
  problems.flatMap((problem) => linesOf(folder, texts, problem));

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export function summary({ problems, texts }: Linted): string {
  const files = counted(texts.size, 'file');
  if (problems.length === 0) return `${files}, nothing to mend.`;
  const errors = problems.filter(({ level }) => level === 'error').length;
  return `${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')} in ${files}.`;
}
