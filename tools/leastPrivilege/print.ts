import type { Checked } from './check.ts';
import { type FindingKind, isClean, type Report } from './report.ts';

const headings: { readonly [K in FindingKind]: string } = {
  unused: 'granted and never used',
  redundant: 'granted twice',
  wide: 'granted wider than used',
  denied: 'used but denied',
};

/** The report as lines for a terminal. */
export function linesOf({ report, failed }: Checked): readonly string[] {
  const { policies, findings, excepted, idle } = report;
  const width = Math.max(...policies.map(({ policy }) => policy.length));
  return [
    ...policies.map(
      ({ policy, statements, grants, used }) =>
        `${policy.padEnd(width)}  ${counted(statements, 'statement')}, ${counted(grants, 'grant')}, ${used} used`,
    ),
    ...Object.entries(headings).flatMap(([kind, heading]) => section(heading, report, kind)),
    ...idle.map(
      ({ kind, why, ...what }) => `no longer needed: the exception ${JSON.stringify({ kind, ...what })}, ${why}`,
    ),
    ...failed.map((one) => `not as it should: ${one}`),
    isClean(report) && failed.length === 0
      ? `Every grant was used and nothing was denied; ${counted(excepted.length, 'finding')} excepted, with a reason.`
      : `${counted(findings.length + idle.length + failed.length, 'thing')} to mend.`,
  ];
}

function section(heading: string, { findings }: Report, kind: string): readonly string[] {
  const some = findings.filter((finding) => finding.kind === kind);
  return some.length === 0 ? [] : [`${heading}:`, ...some.map(({ policy, text }) => `  ${policy}: ${text}`)];
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
