import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { complaintsOf, pathText } from '../../shared/rules/complaints.ts';
import { misfitsOf } from './check.ts';
import { type World, worldSchema } from './schema.ts';

/** An account file that cannot be used: one sentence with the place and what to do. */
export class WorldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WorldError';
  }
}

/** Reads an account file (YAML, or JSON, which is YAML). Throws WorldError: `file:line: path: what, what to do`. */
export function readWorld(text: string, file: string): World {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', schema: 'core' });
  const at = (offset: number, message: string): WorldError =>
    new WorldError(`${file}:${lines.linePos(offset).line}: ${message}`);
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined) {
    throw at(broken.pos[0], `not readable as YAML: ${said(broken.code, broken.message)}; mend the text there`);
  }
  const parsed = worldSchema.safeParse(plainOf(document, at) ?? {}, { reportInput: true });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const [complaint] = complaintsOf(parsed.error, '', worldSchema);
    const steps =
      issue?.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : (issue?.path ?? []);
    const hint = complaint?.suggestion === undefined || complaint.suggestion === '' ? '' : `; ${complaint.suggestion}`;
    throw at(offsetOf(document.contents, steps), `${placed(steps)}${complaint?.message ?? 'is not understood'}${hint}`);
  }
  const [misfit] = misfitsOf(parsed.data);
  if (misfit !== undefined) {
    throw at(offsetOf(document.contents, misfit.path), `${placed(misfit.path)}${misfit.message}`);
  }
  return parsed.data;
}

const placed = (steps: readonly PropertyKey[]): string => (steps.length === 0 ? '' : `${pathText('', steps)}: `);

/** The parser's own words, but for the one that speaks of functions. */
const said = (code: string, message: string): string =>
  code === 'MULTIPLE_DOCS' ? 'it holds more than one document' : (message.split('\n')[0] ?? message);

function plainOf(document: ReturnType<typeof parseDocument>, at: (offset: number, message: string) => WorldError) {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    throw at(0, 'its aliases unfold to more than a file can mean; write the values out');
  }
}

/** Where a path stands: at its key, or at the innermost thing around it that is there. */
function offsetOf(root: unknown, steps: readonly PropertyKey[]): number {
  let node = root;
  let offset = rangeOf(root) ?? 0;
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) return offset;
      offset = rangeOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = rangeOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

const rangeOf = (node: unknown): number | undefined =>
  (node as { readonly range?: readonly number[] | null } | null | undefined)?.range?.[0];
