import type { PublishedPointer } from '../incident/rulesets.ts';
import type { WaitingSet } from '../incident/waitingSets.ts';
import { cutBytes } from '../platform/cutBytes.ts';
import { firstOf, plain } from '../report/text.ts';
import { saysGone, shortened } from '../rules/changes.ts';
import type { Problem } from '../rules/rule.ts';
import type { Seeding } from './guardSeed.ts';

export interface Standing {
  readonly stage: string;
  readonly pointer: PublishedPointer | undefined;
  readonly refused: boolean;
  /** Something else is written there than the set that decides was made from. */
  readonly drops: boolean;
  /** What may do harm and waits for a person. */
  readonly waiting: Omit<WaitingSet, 'since'> | undefined;
  /** All rule parameters are gone; the rules that came from them go on deciding. */
  readonly left: boolean;
  readonly problems: readonly Problem[];
  readonly notRead: readonly string[];
  readonly pack: Pick<Seeding, 'record' | 'left'>;
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

/** How the set that decides came to it, in brackets behind its time; nothing for a plain edit. */
function cameBy({ why }: PublishedPointer): string {
  if (why?.kind === 'approved') return `, approved by ${plain(why.by, longestName)}`;
  if (why?.kind === 'rollback')
    return `, back to set ${why.to} by ${plain(why.by, longestName)}: ${plain(why.reason, longestName)}`;
  return '';
}

const longestName = 100;

function firstLine({ pointer, refused }: Standing): string {
  const set = pointer === undefined ? undefined : `Rule set ${pointer.number}`;
  if (refused) {
    const stands = set === undefined ? 'No rule set decides: incidents are held.' : `${set} still decides.`;
    return `The last edit was not published. ${stands}`;
  }
  if (pointer === undefined) return 'No rule set decides yet: incidents are held.';
  return `${set} decides (${pointer.hash.slice(0, shortHash)}), published ${pointer.publishedAt}${cameBy(pointer)}.`;
}

/** As much of a hash as people need to tell sets apart. */
export const shortHash = 12;

/** Names the set that decides: without a number it is the one before that a rollback brings back. */
const dropLine = ({ pointer, drops, stage }: Standing): string =>
  drops && pointer !== undefined
    ? `To drop it: firebreak rules rollback ${pointer.number} --stage ${stage}, or undo the edit.`
    : 'To drop it: undo the edit.';

const waitingLines = (standing: Standing): readonly string[] =>
  standing.waiting === undefined
    ? []
    : [
        `What was edited waits (${standing.waiting.hash.slice(0, shortHash)}). To have it live: firebreak rules approve ${standing.waiting.hash.slice(0, shortHash)} --stage ${standing.stage}. ${dropLine(standing)}`,
        ...firstOf(standing.waiting.dangers, mostProblems).map((line) => `It may do harm: ${line}`),
      ];

const notPutBack = ' could not be put back (';

const remainsLines = ({ pointer, stage }: Standing): readonly string[] => {
  const lines = Object.entries(pointer?.remains ?? {}).map(
    ([path, { why }]) =>
      `${path}${notPutBack}${plain(why, longestName)}): until somebody writes it anew, what the set says counts, and not the parameter.`,
  );
  const again = `To try again: firebreak rules rollback ${pointer?.number ?? 0} --stage ${stage}.`;
  return lines.length === 0 ? [] : [...firstOf(lines, mostNames), again];
};

/** The lines of a status that say what a rollback could not put back. */
export const notPutBackLines = (status: string): readonly string[] =>
  status.split('\n').filter((line) => line.includes(notPutBack));

const goneLine = (number: number, sentence: string): string => `Since rule set ${number} ${sentence}.`;

/** Begins a change that makes the set contain less. */
export const containsLess = 'less is contained: ';

const takesAway = (change: string): boolean => saysGone(change) || change.startsWith(containsLess);

/** What the set that decides does not have any more, or contains less. */
const removedLines = ({ pointer }: Standing): readonly string[] =>
  (pointer?.changes ?? []).filter(takesAway).map((one) => goneLine(pointer?.number ?? 0, one));

/** The lines of a status that say that something is gone. */
export const goneLines = (status: string): readonly string[] =>
  status.split('\n').filter((line) => /^Since rule set \d+ .* is gone\.$/.test(line));

/** The lines of a status that say that less is contained. */
export const lessLines = (status: string): readonly string[] =>
  status.split('\n').filter((line) => /^Since rule set \d+ less is contained: /.test(line));

const changedLines = ({ pointer }: Standing): readonly string[] =>
  firstOf(
    shortened(
      (pointer?.changes ?? []).filter((one) => !takesAway(one)),
      mostChanges,
    ),
    mostChanges + 1,
  ).map((one) => `Changed with it: ${one}.`);

const mostChanges = 10;

const packLines = ({ pack }: Standing): readonly string[] =>
  pack.record.declined
    ? ['The shipped pack was not put here, because there were rules before it: firebreak rules push puts it.']
    : firstOf(pack.left, mostNames).map((line) => `Left as it is: ${line}.`);

/** What the `status` parameter says: where things stand, and what to mend. Equal standing gives equal text. */
export function statusText(standing: Standing): string {
  const of = (level: Problem['level']) => standing.problems.filter((problem) => problem.level === level);
  const lines = [
    firstLine(standing),
    ...(standing.left ? [rulesGone] : []),
    ...firstOf(of('error').map(problemLine), mostProblems),
    ...(standing.refused ? [dropLine(standing)] : []),
    ...waitingLines(standing),
    ...remainsLines(standing),
    ...firstOf(removedLines(standing), mostProblems),
    ...firstOf(of('warning').map(problemLine), mostProblems).map((line) => `Warning: ${line}`),
    ...firstOf(standing.notRead, mostNames).map(
      (name) => `Not read, because it is no rule, exemption or settings: ${name}`,
    ),
    ...packLines(standing),
    ...changedLines(standing),
  ];
  // A parameter's value may not hold two braces in a row: Parameter Store takes that for a reference.
  return cutBytes(lines.join('\n').replace(/\{(?=\{)/g, '{ '), mostBytes).kept;
}
