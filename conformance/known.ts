import { parse } from 'yaml';
import * as z from 'zod';
import { canonicalJson, type Json } from '../shared/platform/json.ts';
import { ABSENT, type Compared, type Difference } from './compare.ts';

/** In an entry, any value that is there: for what is too long to be written down, or new each time. */
const PRESENT = '<present>';

const isWhole = (path: string): boolean => path.endsWith('.**');

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]);
const value = z.json();

const entry = z
  .strictObject({
    service: z.string(),
    operation: oneOrMore,
    /** Left out: in any step of the operation. */
    step: oneOrMore.optional(),
    /** Path of the field; `[]` stands for any index, and `.**` at the end for all that is in it. */
    at: oneOrMore,
    /** Left out with `.**`: the difference is the whole answer. */
    ours: value.optional(),
    moto: value.optional(),
    /** Whose answer AWS's documentation supports. */
    verdict: z.enum(['ours', 'moto', 'undocumented']),
    /** What AWS's documentation says; for `moto` also why the sandbox is left as it is. */
    because: z.string().min(1),
    source: z.string().min(1),
  })
  .refine(
    ({ at, step, ours, moto }) =>
      [at].flat().some(isWhole) ? step !== undefined : ours !== undefined && moto !== undefined,
    {
      message: 'needs ours and moto, or, with .** in at, a step',
    },
  );

/** A difference that is known, and what AWS says about it. */
export type Known = z.infer<typeof entry>;

/** Reads the list of known differences (YAML). Throws ZodError. */
export const readKnown = (text: string): readonly Known[] => z.array(entry).parse(parse(text) ?? []);

export interface Explained extends Difference {
  readonly known: Known;
}

export interface Verdict {
  readonly explained: readonly Explained[];
  /** Differences without an entry. */
  readonly unexplained: readonly Difference[];
  /** Entries whose difference is gone. */
  readonly stale: readonly Known[];
}

/** Holds what was found against what is known, for the operations that were compared. */
export function judge(compared: readonly Compared[], known: readonly Known[]): Verdict {
  const used = new Set<Known>();
  const explained: Explained[] = [];
  const unexplained: Difference[] = [];
  for (const difference of compared.flatMap(({ differences }) => differences)) {
    const fitting = known.filter((one) => fits(one, difference));
    for (const one of fitting) used.add(one);
    const [first] = fitting;
    if (first === undefined) unexplained.push(difference);
    else explained.push({ ...difference, known: first });
  }
  const asked = new Set(
    compared.flatMap(({ service, steps }) => steps.map(({ operation }) => `${service} ${operation}`)),
  );
  const wasAsked = ({ service, operation }: Known): boolean =>
    [operation].flat().some((name) => asked.has(`${service} ${name}`));
  const stale = known.filter((one) => wasAsked(one) && !used.has(one));
  return { explained, unexplained, stale };
}

const among = (allowed: string | readonly string[] | undefined, text: string): boolean =>
  allowed === undefined || [allowed].flat().includes(text);

const fits = (one: Known, { service, operation, step, at, ours, moto }: Difference): boolean =>
  one.service === service &&
  among(one.operation, operation) &&
  among(one.step, step) &&
  [one.at].flat().some((path) => isAt(path, at)) &&
  same(one.ours, ours) &&
  same(one.moto, moto);

function isAt(path: string, at: string): boolean {
  if (isWhole(path)) return at.startsWith(path.slice(0, -'.**'.length));
  return path === at || path === at.replaceAll(/\[\d+\]/g, '[]');
}

function same(expected: Json | undefined, found: Json): boolean {
  if (expected === undefined) return true;
  return expected === PRESENT ? found !== ABSENT : canonicalJson(expected) === canonicalJson(found);
}
