import { LineCounter, parseDocument } from 'yaml';
import { pathText } from '../../shared/rules/complaints.ts';
import { misfitsOf } from './check.ts';
import type { Misfit } from './misfit.ts';
import { misshapen } from './misshapen.ts';
import { knownKind, otherKind } from './otherKind.ts';
import { offsetOf, startOf } from './position.ts';
import { type World, worldSchema } from './schema.ts';
import { type Mistake, notText, unreadable } from './unreadable.ts';

/** An account file that cannot be used. */
export class WorldError extends Error {
  /** One sentence for each mistake, with the place and what to do. */
  readonly problems: readonly string[];
  constructor(...problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'WorldError';
    this.problems = problems;
  }
}

/** As many as somebody mends before asking again. */
const SHOWN = 20;

/**
 * Reads an account file (YAML, or JSON, which is YAML).
 * @throws WorldError `file:line:column: path: what, what to do`, of all that is wrong with the text, else with its values, else between them
 */
export function readWorld(text: string, file: string): World {
  const lines = new LineCounter();
  const read = worldOf(text, lines);
  if ('world' in read) return read.world;
  const sentences = read.mistakes
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => {
      const { line, col } = lines.linePos(offset);
      return `${file}:${line}:${col}: ${message}`;
    });
  const more = sentences.length - SHOWN;
  throw new WorldError(
    ...sentences.slice(0, SHOWN),
    ...(more > 0 ? [`${file}: and ${more} more; mend these first`] : []),
  );
}

type Read = { readonly world: World } | { readonly mistakes: readonly Mistake[] };

function worldOf(text: string, lineCounter: LineCounter): Read {
  const document = parseDocument(text, { lineCounter, prettyErrors: false, version: '1.2', schema: 'core' });
  const strange = notText(text);
  const broken = strange === undefined ? unreadable(document) : [strange];
  if (broken.length > 0) {
    // The tags of a CloudFormation template (!Ref) are no mistake of its writer.
    const isTagged = document.errors.length === 0 && document.warnings.length > 0;
    const kind = strange === undefined && isTagged ? knownKind(plainOf(document)) : undefined;
    return { mistakes: kind === undefined ? broken : [{ offset: startOf(document.contents) ?? 0, message: kind }] };
  }
  const value = plainOf(document) ?? {};
  const refused = (misfits: readonly Misfit[]): Read => ({
    mistakes: misfits.map(({ path, message }) => ({
      offset: offsetOf(document.contents, path),
      message: path.length === 0 ? message : `${pathText('', path)}: ${message}`,
    })),
  });
  const other = value === ENDLESS ? unfolded : otherKind(value, Object.keys(worldSchema.shape));
  if (other !== undefined) return refused([{ path: [], message: other }]);
  const parsed = worldSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) return refused(misshapen(parsed.error, worldSchema));
  const misfits = misfitsOf(parsed.data);
  return misfits.length === 0 ? { world: parsed.data } : refused(misfits);
}

const ENDLESS = Symbol('more than a file can mean');
const unfolded = 'its aliases unfold to more than a file can mean; write the values out';

function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return ENDLESS;
  }
}
