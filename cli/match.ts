import { compilePattern } from '../shared/rules/pattern/compile.ts';
import { PatternError } from '../shared/rules/pattern/error.ts';
import { why, whyNot } from '../shared/rules/pattern/explain.ts';
import { matches } from '../shared/rules/pattern/match.ts';

/** 0 matched, 1 not, 2 it cannot be answered. `line` says which and why: for standard output, with 2 for standard error. */
export interface MatchResult {
  readonly exit: 0 | 1 | 2;
  readonly line: string;
}

type Parsed = { readonly value: unknown } | { readonly broken: string };

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    return { broken: cause instanceof Error ? cause.message : String(cause) };
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** One sentence: where in the pattern, what is wrong, what to do. */
function said({ path, message, suggestion }: PatternError): string {
  const place = path === '' ? message : `${path} ${message}`;
  return suggestion === '' ? place : `${place} (${suggestion})`;
}

/** A file's text, and what to call it; `-` is standard input. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Whether a pattern matches an event, both as JSON text. Never throws. */
export function matchFiles(patternFile: NamedText, eventFile: NamedText): MatchResult {
  const cannot = ({ name }: NamedText, what: string): MatchResult => ({
    exit: 2,
    line: `${name === '-' ? 'standard input' : name}: ${what}`,
  });
  const pattern = parseJson(patternFile.text);
  if ('broken' in pattern) return cannot(patternFile, `the pattern is not JSON: ${pattern.broken}`);
  const event = parseJson(eventFile.text);
  if ('broken' in event) return cannot(eventFile, `the event is not JSON: ${event.broken}`);
  if (!isObject(event.value)) return cannot(eventFile, 'the event is not a JSON object');
  try {
    const compiled = compilePattern(pattern.value);
    const mismatch = whyNot(compiled, event.value);
    return mismatch === null
      ? { exit: 0, line: `yes: ${why(compiled, event.value)}` }
      : { exit: 1, line: `no: ${mismatch.because}` };
  } catch (cause) {
    if (cause instanceof PatternError) return cannot(patternFile, `invalid pattern: ${said(cause)}`);
    throw cause;
  }
}

function matchCase(line: string): string {
  const read = parseJson(line);
  if ('broken' in read) return `invalid: not JSON: ${read.broken}`;
  if (!isObject(read.value)) return 'invalid: not an object with a pattern and an event';
  const { pattern, event } = read.value as { readonly pattern?: unknown; readonly event?: unknown };
  if (!isObject(event)) return 'invalid: the event is not an object';
  try {
    return matches(compilePattern(pattern), event) ? 'yes' : 'no';
  } catch (cause) {
    if (cause instanceof PatternError) return `invalid: ${said(cause)}`;
    throw cause;
  }
}

/** `{"pattern","event"}` a line: for each, in order, `yes`, `no`, or `invalid: ` and why. Empty lines give no line. */
export function matchCases(jsonlText: string): readonly string[] {
  return jsonlText
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => matchCase(line).replaceAll(/\s+/g, ' '));
}
