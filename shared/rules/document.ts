import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import type { Json } from '../platform/json.ts';
import { codes, type ProblemCode } from './codes.ts';
import type { Problem, RuleSource } from './rule.ts';
import { textProblem } from './text.ts';

/** What is wrong at a path of a document such as `when.severity[0].numeric`; empty for the document as a whole. */
export interface Complaint {
  readonly code: ProblemCode;
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** A file as read: its value, and where in the text each path of it stands. */
export interface Document {
  readonly value: Json;
  /** Points at the key where the path ends in one, else at the nearest thing around it that is there. */
  readonly problem: (complaint: Complaint) => Problem;
}

/** One slip of indentation can make hundreds; the first tell what is wrong. */
const MOST_SYNTAX_PROBLEMS = 5;
const DEEPEST = 40;
const LONGEST_SAID = 200;
const TOO_DEEP = 'is nested too deeply';

interface Position {
  readonly line: number;
  readonly col: number;
}

/** The rest of a path after one of its steps, undefined when it does not begin with that step. */
function after(path: string, step: string): string | undefined {
  if (!path.startsWith(step)) return undefined;
  const rest = path.slice(step.length);
  return rest === '' || rest.startsWith('[') ? rest : rest.startsWith('.') ? rest.slice(1) : undefined;
}

/** Where a path stands: keys may hold dots themselves, so the way is found by what is there. */
function offsetOf(node: unknown, path: string, around: number): number {
  const here = (node as Node | null)?.range?.[0] ?? around;
  if (path === '') return here;
  if (isSeq(node)) {
    const index = /^\[(\d+)\]\.?/.exec(path);
    const item = index === null ? undefined : node.items[Number(index[1])];
    return item === undefined ? here : offsetOf(item, path.slice(index?.[0].length ?? 0), here);
  }
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const rest = isScalar(key) ? after(path, String(key.value)) : undefined;
      const keyAt = isScalar(key) ? (key.range?.[0] ?? here) : here;
      if (rest !== undefined) return rest === '' ? keyAt : offsetOf(value, rest, keyAt);
    }
  }
  return here;
}

/** People see line and column, where a key that is missing has none and a value may be far from its key: the sentence names it. */
const named = ({ code, path, message }: Complaint): string =>
  path !== '' && (code === 'missing' || code === 'value') ? `"${path}" ${message}` : message;

function problemAt(file: string, position: Position, complaint: Complaint): Problem {
  const { code, path, suggestion = '' } = complaint;
  return {
    code,
    level: codes[code].level,
    file,
    line: position.line,
    column: position.col,
    path,
    message: named(complaint),
    suggestion,
  };
}

/** What is wrong with the text before anything in it is looked at. */
function refuseText(source: RuleSource): Problem | null {
  const found = textProblem(source);
  if (found === null) return null;
  const { code, offset, message, suggestion } = found;
  const before = source.text.slice(0, offset).split('\n');
  const position = { line: before.length, col: (before.at(-1)?.length ?? 0) + 1 };
  return problemAt(source.path, position, { code, path: '', message, suggestion });
}

/** The first anchor, alias or tag: none is needed in a rule, and aliases can make a small file huge. */
function firstTrick(contents: unknown): { readonly offset: number; readonly what: string } | null {
  let trick: { offset: number; what: string } | null = null;
  visit(contents as Node, (_key, node) => {
    const what = isAlias(node) ? 'an alias' : anchored(node) ? 'an anchor' : tagged(node) ? 'a tag' : null;
    if (what === null) return undefined;
    trick = { offset: (node as Node).range?.[0] ?? 0, what };
    return visit.BREAK;
  });
  return trick;
}

const anchored = (node: unknown): boolean =>
  (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined;
const tagged = (node: unknown): boolean => (isScalar(node) || isMap(node) || isSeq(node)) && node.tag !== undefined;

/** Why a value cannot go on as JSON: YAML also knows infinity and not-a-number, and what recurses must be shallow. */
function unfit(value: unknown, path = '', levels = DEEPEST): Complaint | null {
  if (levels === 0) return { code: 'too-deep', path, message: TOO_DEEP };
  if (typeof value === 'number') {
    return Number.isFinite(value) ? null : { code: 'value', path, message: 'holds a number that JSON cannot hold' };
  }
  if (value === null || typeof value !== 'object') return null;
  for (const [key, member] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const why = unfit(member, at, levels - 1);
    if (why !== null) return why;
  }
  return null;
}

/** The parser's own complaint, under the code that says what to do about it. */
function brokenAt(file: string, lines: LineCounter, { code: kind, pos, message: said }: YAMLError): Problem {
  const position = lines.linePos(pos[0]);
  // The parser reports its own exhausted stack as one more mistake in the text.
  if (said.startsWith('Maximum call stack'))
    return problemAt(file, position, { code: 'too-deep', path: '', message: TOO_DEEP });
  if (kind === 'DUPLICATE_KEY') {
    const suggestion = 'keep one of the two';
    return problemAt(file, position, {
      code: 'duplicate-key',
      path: '',
      message: 'this key is there twice',
      suggestion,
    });
  }
  if (kind === 'MULTIPLE_DOCS') {
    const suggestion = 'make a file of its own of each, and take out the line ---';
    return problemAt(file, position, { code: 'syntax', path: '', message: 'holds more than one document', suggestion });
  }
  const message = said.replace(/\s+/g, ' ').slice(0, LONGEST_SAID);
  return problemAt(file, position, { code: 'syntax', path: '', message, suggestion: mending(kind) });
}

/** What most often is behind a complaint of the parser. */
const mending = (kind: string): string =>
  ({
    TAB_AS_INDENT: 'indent with blanks',
    BAD_INDENT: 'indent everything of one level alike, with blanks',
    MISSING_CHAR: 'look for a bracket or a quote that is not closed',
    UNEXPECTED_TOKEN: 'put the text into quotes',
    BLOCK_AS_IMPLICIT_KEY: 'put a text that holds ": " into quotes',
    MULTILINE_IMPLICIT_KEY: 'look for a missing ":" in the line before',
  })[kind] ?? '';

/** Reads a file of YAML or JSON (which is YAML). Answers with the problems when it cannot be read. */
export function readDocument(source: RuleSource): Document | readonly Problem[] {
  const lines = new LineCounter();
  const refused = refuseText(source);
  if (refused !== null) return [refused];
  const document = parseDocument(source.text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    schema: 'core',
  });
  const broken: readonly YAMLError[] = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return broken.slice(0, MOST_SYNTAX_PROBLEMS).map((one) => brokenAt(source.path, lines, one));
  }
  const trick = firstTrick(document.contents);
  if (trick !== null) {
    const message = `uses ${trick.what}, which is not allowed here`;
    const suggestion = 'write out what it stands for';
    return [problemAt(source.path, lines.linePos(trick.offset), { code: 'anchor', path: '', message, suggestion })];
  }
  const value: Json = document.toJS({ maxAliasCount: 0 });
  const problem = (complaint: Complaint): Problem =>
    problemAt(source.path, lines.linePos(offsetOf(document.contents, complaint.path, 0)), complaint);
  const wrong = unfit(value);
  return wrong === null ? { value, problem } : [problem(wrong)];
}
