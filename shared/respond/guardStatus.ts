import type { PublishedPointer } from '../incident/rulesets.ts';
import { cutBytes } from '../platform/cutBytes.ts';
import { firstOf } from '../report/text.ts';
import type { Problem } from '../rules/rule.ts';

export interface Standing {
  readonly pointer: PublishedPointer | undefined;
  readonly refused: boolean;
  /** All rule parameters are gone; the rules that came from them go on deciding. */
  readonly left: boolean;
  readonly problems: readonly Problem[];
  readonly notRead: readonly string[];
}

/** `rules/x:3:7 "severty" is not a key here; did you mean "severity"?` */
export const problemLine = ({ file, line, column, message, suggestion }: Problem): string =>
  `${file}:${line}:${column} ${message}${suggestion === '' ? '' : `; ${suggestion}`}`;

/** A standard parameter holds 4 KB. */
const mostBytes = 4_000;
const mostProblems = 20;
const mostNames = 5;

/** What to know and to do while the rule parameters are gone. */
export const rulesGone = [
  'All rule parameters are gone. The last rules go on deciding, each in the mode that it had.',
  'To stop them, put a rule with "mode: observe", or one that matches nothing: the first rule put there replaces them all.',
  'Until then exemptions and settings that are put there count, and those that are deleted stay.',
].join('\n');

function firstLine({ pointer, refused }: Standing): string {
  const set = pointer === undefined ? undefined : `Rule set ${pointer.number}`;
  if (refused) {
    const stands = set === undefined ? 'No rule set decides: incidents are held.' : `${set} still decides.`;
    return `The last edit was not published. ${stands}`;
  }
  if (pointer === undefined) return 'No rule set decides yet: incidents are held.';
  return `${set} decides (${pointer.hash.slice(0, 12)}), published ${pointer.publishedAt}.`;
}

/** What the `status` parameter says: where things stand, and what to mend. Equal standing gives equal text. */
export function statusText(standing: Standing): string {
  const of = (level: Problem['level']) => standing.problems.filter((problem) => problem.level === level);
  const lines = [
    firstLine(standing),
    ...(standing.left ? [rulesGone] : []),
    ...firstOf(of('error').map(problemLine), mostProblems),
    ...firstOf(of('warning').map(problemLine), mostProblems).map((line) => `Warning: ${line}`),
    ...firstOf(standing.notRead, mostNames).map(
      (name) => `Not read, because it is no rule, exemption or settings: ${name}`,
    ),
  ];
  // A parameter's value may not hold two braces in a row: Parameter Store takes that for a reference.
  return cutBytes(lines.join('\n').replace(/\{(?=\{)/g, '{ '), mostBytes).kept;
}
