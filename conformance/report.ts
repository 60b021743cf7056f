import type { Json } from '../shared/platform/json.ts';
import type { Compared, Difference } from './compare.ts';
import type { Verdict } from './known.ts';
import type { Answer } from './play.ts';

export interface Played {
  readonly service: string;
  readonly answers: readonly Answer[];
}

/** What a whole run found. */
export interface Report extends Verdict {
  /** Undefined where there was nothing to compare with. */
  readonly compared: readonly Compared[] | undefined;
  readonly answers: readonly Played[];
}

/** The report where there is no moto_server. */
export const alone = (answers: readonly Played[]): Report => ({
  compared: undefined,
  explained: [],
  unexplained: [],
  stale: [],
  answers,
});

/** Answers that are defects of the sandbox, whatever another says. */
const failures = ({ answers }: Report): readonly string[] =>
  answers.flatMap(({ service, answers: all }) =>
    all
      .filter(({ value }) => typeof value['$status'] === 'number' && value['$status'] >= 500)
      .map(({ operation, step }) => `${service} ${operation}, ${step}`),
  );

/** 0: every difference is known, and every one that is known is there. */
export const exitCode = (report: Report): number =>
  report.unexplained.length + report.stale.length + failures(report).length === 0 ? 0 : 1;

interface Figures {
  readonly service: string;
  readonly compared: number;
  readonly equal: number;
  readonly different: number;
  readonly steps: number;
  readonly equalSteps: number;
}

const figuresOf = (compared: readonly Compared[]): readonly Figures[] =>
  [...new Set(compared.map(({ service }) => service))].map((service) =>
    figuresOfOne(
      service,
      compared.filter((one) => one.service === service).flatMap(({ steps }) => steps),
    ),
  );

/** Operations are counted once; one is equal when it was in every step. */
function figuresOfOne(service: string, steps: Compared['steps']): Figures {
  const operations = new Set(steps.map(({ operation }) => operation));
  const different = new Set(steps.filter(({ equal }) => !equal).map(({ operation }) => operation));
  return {
    service,
    compared: operations.size,
    equal: operations.size - different.size,
    different: different.size,
    steps: steps.length,
    equalSteps: steps.filter(({ equal }) => equal).length,
  };
}

function total(all: readonly Figures[]): Figures {
  const sum = (of: (one: Figures) => number): number => all.reduce((so, one) => so + of(one), 0);
  return {
    service: 'all',
    compared: sum(({ compared }) => compared),
    equal: sum(({ equal }) => equal),
    different: sum(({ different }) => different),
    steps: sum(({ steps }) => steps),
    equalSteps: sum(({ equalSteps }) => equalSteps),
  };
}

/** For a program: one JSON object. */
export function json(report: Report): string {
  const { compared, explained, unexplained, stale } = report;
  const figures = figuresOf(compared ?? []);
  const lacking = compared?.flatMap(({ service, lacking: all }) => all.map((one) => ({ service, ...one }))) ?? [];
  const all = {
    moto: compared !== undefined,
    figures: [...figures, total(figures)],
    explained,
    unexplained,
    stale,
    lacking,
  };
  return `${JSON.stringify({ ...all, failures: failures(report) }, null, 2)}\n`;
}

/** For a person. */
export const text = (report: Report): string => `${lines(report).join('\n')}\n`;

function lines(report: Report): readonly string[] {
  const failed = failures(report).map((what) => `FAILED   the sandbox itself: ${what}`);
  if (report.compared === undefined) {
    const steps = report.answers.reduce((sum, { answers }) => sum + answers.length, 0);
    return [
      'There is no moto_server on PATH: nothing was compared. (pip install "moto[server]==5.2.1" has it.)',
      `The sandbox was asked ${steps} times, of ${[...new Set(report.answers.map(({ service }) => service))].join(', ')}.`,
      ...failed,
    ];
  }
  const figures = figuresOf(report.compared);
  return [
    row(['', 'operations', 'equal', 'different', 'steps', 'equal']),
    ...[...figures, total(figures)].map((one) =>
      row([one.service, one.compared, one.equal, one.different, one.steps, one.equalSteps].map(String)),
    ),
    ...explainedLines(report),
    ...lackingLines(report.compared),
    ...failed,
    ...report.unexplained.map((one) => `NO ENTRY ${where(one)}: ${both(one)}`),
    ...report.stale.map(
      (one) =>
        `STALE    ${one.service} ${one.operation}, ${one.step ?? 'any step'}, ${one.at}: no such difference any more`,
    ),
    ...ending(report),
  ];
}

const row = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(26) : cell.padStart(11))).join('');

const where = ({ service, operation, step, at }: Difference): string => `${service} ${operation}, ${step}: ${at}`;

const short = (value: Json): string => {
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  return written.length > 120 ? `${written.slice(0, 117)}…` : written;
};

const both = ({ ours, moto }: Pick<Difference, 'ours' | 'moto'>): string => `ours ${short(ours)}, moto ${short(moto)}`;

const titles = {
  ours: "Different, and AWS's documentation supports the sandbox",
  moto: "Different, and AWS's documentation supports moto",
  undocumented: 'Different, and AWS documents neither',
} as const;

function explainedLines({ explained }: Report): readonly string[] {
  return (['ours', 'moto', 'undocumented'] as const).flatMap((verdict) => {
    const entries = new Set(explained.map(({ known }) => known).filter((known) => known.verdict === verdict));
    if (entries.size === 0) return [];
    const told = [...entries].flatMap((known) => {
      const all = explained.filter((one) => one.known === known);
      const [first] = all;
      if (first === undefined) return [];
      const more = all.length > 1 ? ` (and ${all.length - 1} more like it)` : '';
      return [`  ${where(first)}${more}`, `    ${both(first)}`, `    ${known.because} [${known.source}]`];
    });
    return ['', `${titles[verdict]}:`, ...told];
  });
}

function lackingLines(compared: readonly Compared[]): readonly string[] {
  return (['moto', 'sandbox'] as const).flatMap((side) => {
    const names = compared.flatMap(({ service, lacking, steps }) =>
      [...new Set(lacking.filter((one) => one.side === side).map(({ operation }) => operation))]
        .filter((operation) => !steps.some((one) => one.operation === operation))
        .map((operation) => `${service} ${operation}`),
    );
    return names.length === 0 ? [] : ['', `Not compared, because ${side} has it not: ${names.join(', ')}`];
  });
}

function ending({ explained, unexplained, stale }: Report): readonly string[] {
  const counts = `${explained.length} known, ${unexplained.length} without an entry, ${stale.length} entries without one`;
  return ['', `Differences: ${counts}.`];
}
