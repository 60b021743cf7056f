import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { durationMs } from '../duration.ts';
import { reasonOf } from '../files.ts';
import { print, printJson, say } from '../output.ts';
import { UsageError } from '../usage.ts';
import { type Gated, gate, referenceOf } from './gate.ts';
import { junitOf } from './junit.ts';
import { failureLine, gateLines } from './lines.ts';
import { exitOf, resultOf } from './result.ts';
import { gateRules, type RuleFlags } from './ruleSource.ts';
import { sarifOf } from './sarif.ts';

interface Flags extends RuleFlags {
  readonly wait?: string;
  readonly report: readonly string[];
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly junit?: boolean;
}

const everyMs = 5_000;
const mostDaysWaited = 1;

const forms = ['json', 'sarif', 'junit'] as const;

const reportForms: readonly (readonly [ending: RegExp, text: (gated: Gated) => string])[] = [
  [/\.sarif(?:\.json)?$/, (gated) => jsonText(sarifOf(gated))],
  [/\.json$/, (gated) => jsonText(resultOf(gated))],
  [/\.xml$/, (gated) => `${junitOf(gated)}\n`],
];

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** How a report is written, by the end of its name. Throws UsageError. */
function reportForm(file: string): (gated: Gated) => string {
  const [, form] = reportForms.find(([ending]) => ending.test(file)) ?? [];
  if (form !== undefined) return form;
  throw new UsageError(
    `--report ${file}: its name must end in .json, .sarif or .xml (JUnit), which says what is written.`,
  );
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}

function tell(gated: Gated, flags: Flags): void {
  if (flags.json === true) printJson(resultOf(gated));
  else if (flags.sarif === true) printJson(sarifOf(gated));
  else if (flags.junit === true) print(junitOf(gated));
  else for (const line of gateLines(gated)) print(line);
}

async function run(image: string, flags: Flags): Promise<void> {
  const wanted = forms.filter((form) => flags[form] === true);
  if (wanted.length > 1) throw new UsageError(`--${wanted[0]} and --${wanted[1]} are two forms: give one of them.`);
  const mostMs = flags.wait === undefined ? 0 : durationMs('--wait', flags.wait, mostDaysWaited);
  // Before anything is asked of AWS.
  const reports = flags.report.map((file) => ({ file, form: reportForm(file) }));
  referenceOf(image);
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const gated = await gate(image, await gateRules(flags), { mostMs, everyMs, sleep });
  for (const { file, form } of reports) write(file, form(gated));
  tell(gated, flags);
  process.exitCode = exitOf(gated.verdict);
  if (process.exitCode !== 0) say(failureLine(gated));
}

export function addGate(program: Command): void {
  program
    .command('gate')
    .summary('whether an image may be deployed, by the rules that decide about findings')
    .description(
      'Asks Amazon ECR about an image, and the published rules and settings of a stage (or a folder) about the answer, before it is deployed. Changes nothing. Exit 0: it may be deployed. 1: blocked. 2: that cannot be told (no such image, a scan that runs, access denied), or bad usage.',
    )
    .argument('<image>', 'the image as the deployment names it, by tag or digest')
    .option('--stage <name>', 'the deployed stage whose rules count (default: "dev")')
    .option('--region <name>', "the stage's AWS Region (default: AWS_REGION, or that of the AWS profile)")
    .option('--rules <folder>', 'a folder of rules in the place of a stage')
    .option('--wait <duration>', 'ask again for so long while a scan or a signature may come yet: 10m')
    .option(
      '--report <file>',
      'write the result as well: .json, .sarif, or .xml for JUnit; may be given again',
      (one, all: string[]) => [...all, one],
      [],
    )
    .option('--json', 'print the result as JSON')
    .option('--sarif', 'print the result as SARIF 2.1.0')
    .option('--junit', 'print the result as JUnit XML')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak gate 123456789012.dkr.ecr.eu-west-1.amazonaws.com/payments/api:1.0 --stage prod --wait 10m',
    )
    .action(run);
}
