import type { Check } from '../../shared/plan/gate/verdict.ts';
import { safe } from '../incidents/lines.ts';
import type { Gated } from './gate.ts';
import { pinnedOf, reasonsOf } from './result.ts';

const words = { passed: 'PASSED', blocked: 'BLOCKED', unknown: 'CANNOT BE TOLD' } as const;

/** The verdict in one line: what was asked about, and what was judged. */
export function verdictLine(gated: Gated): string {
  const pinned = pinnedOf(gated);
  const judged = pinned === null || pinned === gated.given ? '' : ` (${pinned})`;
  return `${words[gated.verdict.verdict]}: ${safe(`${gated.given}${judged}`)}`;
}

/** For a person: the verdict, each reason with its place and what to do, then what else was looked at. */
export function gateLines(gated: Gated): readonly string[] {
  const reasons = reasonsOf(gated).flatMap(({ level, check, message, place, mend }) => [
    `${level.padEnd(8)}${check}: ${safe(message, 1000)}`,
    `        at ${safe(place)}`,
    ...(mend === '' ? [] : [`        ${safe(mend, 1000)}`]),
  ]);
  const quiet = ({ state, reasons: own }: Check): boolean =>
    own.length === 0 && (state === 'passed' || state === 'skipped');
  const rest = gated.verdict.checks
    .filter(quiet)
    .map(({ check, state, said }) => `${(state === 'passed' ? 'ok' : '-').padEnd(8)}${check}: ${safe(said)}`);
  return [verdictLine(gated), ...reasons, ...rest, `rules   ${rulesLine(gated)}`];
}

function rulesLine({ rules: { stage, folder, number, hash } }: Gated): string {
  const short = hash.slice(0, 12);
  return stage === null ? `those of ${safe(folder ?? '')}, ${short}` : `set ${number} of stage ${stage}, ${short}`;
}

/** For standard error, where the answer is no or none: one sentence. */
export function failureLine(gated: Gated): string {
  const keeping = reasonsOf(gated).filter(({ level }) => level === 'block' || level === 'unknown');
  const [first] = keeping;
  const image = safe(gated.given);
  const { verdict } = gated.verdict;
  const said = verdict === 'blocked' ? `${image} is blocked` : `whether ${image} may be deployed cannot be told`;
  const why = first === undefined ? '' : `: ${safe(first.message, 600)}`;
  const todo = first === undefined || verdict === 'blocked' ? '' : ` ${safe(first.mend, 600)}`;
  return `firebreak: ${said}${why}${todo}${keeping.length > 1 ? ` (and ${keeping.length - 1} more)` : ''}`.trimEnd();
}
