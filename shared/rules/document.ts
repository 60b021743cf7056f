import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import type { Json } from '../platform/json.ts';
import type { Problem, RuleSource } from './rule.ts';

/** What is wrong at a path of a document such as `when.severity[0].numeric`; empty for the document as a whole. */
export interface Complaint {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string;
  readonly level?: Problem['level'];
}

/** A file as read: its value, and where in the text each path of it stands. */
export interface Document {
  readonly value: Json;
  /** Points at the key where the path ends in one, else at the nearest thing around it that is there. */
  readonly problem: (complaint: Complaint) => Problem;
}

/** A standard parameter of Parameter Store holds 4 KB, counted in bytes of UTF-8. */
const MOST_BYTES = 4096;
/** One slip of indentation can make hundreds; the first tell what is wrong. */
const MOST_SYNTAX_PROBLEMS = 5;
const DEEPEST = 40;
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
  const { code, level = 'error', path, suggestion = '' } = complaint;
  return { code, level, file, line: position.line, column: position.col, path, message: named(complaint), suggestion };
}

/** What is wrong with the text before anything in it is looked at. */
function refuseText({ path: file, text }: RuleSource): Problem | null {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > MOST_BYTES) {
    const message = `the file has ${bytes} bytes; a parameter holds ${MOST_BYTES}`;
    return problemAt(file, { line: 1, col: 1 }, { code: 'too-large', path: '', message });
  }
  const braces = text.indexOf('{{');
  if (braces === -1) return null;
  const before = text.slice(0, braces).split('\n');
  const message = 'contains {{, which Parameter Store reserves and refuses';
  const position = { line: before.length, col: (before.at(-1)?.length ?? 0) + 1 };
  return problemAt(file, position, { code: 'braces', path: '', message });
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
function unfit(value: unknown, levels = DEEPEST): string | null {
  if (levels === 0) return TOO_DEEP;
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'holds a number that JSON cannot hold';
  if (value === null || typeof value !== 'object') return null;
  for (const member of Object.values(value)) {
    const why = unfit(member, levels - 1);
    if (why !== null) return why;
  }
  return null;
}

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
    return broken.slice(0, MOST_SYNTAX_PROBLEMS).map(({ pos, message: said }) => {
      // The parser reports its own exhausted stack as one more mistake in the text.
      const message = said.startsWith('Maximum call stack') ? TOO_DEEP : said;
      return problemAt(source.path, lines.linePos(pos[0]), { code: 'syntax', path: '', message });
    });
  }
  const trick = firstTrick(document.contents);
  if (trick !== null) {
    const message = `uses ${trick.what}, which is not allowed here`;
    return [problemAt(source.path, lines.linePos(trick.offset), { code: 'syntax', path: '', message })];
  }
  const value: Json = document.toJS({ maxAliasCount: 0 });
  const problem = (complaint: Complaint): Problem =>
    problemAt(source.path, lines.linePos(offsetOf(document.contents, complaint.path, 0)), complaint);
  const message = unfit(value);
  return message === null ? { value, problem } : [problem({ code: 'syntax', path: '', message })];
}
