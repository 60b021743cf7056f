import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { plain } from '../../shared/report/text.ts';
import { problemLine } from '../../shared/respond/guardStatus.ts';
import { askTerminal, confirmed } from '../confirm.ts';
import { within } from '../numberOption.ts';
import { print, printJson, say } from '../output.ts';
import { type ZoneClock, zoneClock } from '../replay/zone.ts';
import { onStage, type StageConnection } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { type Became, statusOf, whatBecame } from './becomes.ts';
import { outcomeLine } from './outcome.ts';
import { type Candidate, candidateOf } from './promote/candidate.ts';
import { promotePage } from './promote/page.ts';
import { type Switched, switchMode } from './promote/switchMode.ts';
import { type WouldHaveDone, wouldHaveDone } from './promote/wouldHaveDone.ts';
import { versionText } from './versionText.ts';

interface Flags extends StageFlags {
  readonly yes?: boolean;
  readonly expect?: number;
  readonly account?: string;
  readonly zone: string;
  readonly wait: boolean;
  readonly json?: boolean;
}

/** What came of it: shown alone, or written, and then what became of that. */
type Promoted =
  | Exclude<Switched, { kind: 'written' }>
  | { readonly kind: 'shown' }
  | { readonly kind: 'written'; readonly version: number; readonly became: Became };

interface Outcome {
  readonly candidate?: Candidate;
  readonly would?: WouldHaveDone;
  readonly promoted: Promoted;
}

async function write(connection: StageConnection, shown: Candidate, { wait }: Flags): Promise<Promoted> {
  const { config, effects } = connection;
  const said = await statusOf(connection);
  const switched = await switchMode(
    {
      parameters: effects.parameters,
      again: () => candidateOf(connection, shown.rule),
      versionText: (parameter, version) => versionText(config, parameter, version),
    },
    shown,
  );
  if (switched.kind !== 'written') return switched;
  const asked = { versions: { [shown.parameter]: switched.version }, removed: [] };
  const became = wait ? await whatBecame(connection, asked, said, setTimeout) : ({ kind: 'written' } as const);
  return { ...switched, became };
}

async function promote(connection: StageConnection, rule: string, zone: ZoneClock, flags: Flags): Promise<Outcome> {
  const { stage, account, expect, yes, json } = flags;
  const candidate = await candidateOf(connection, rule);
  if (candidate.kind !== 'candidate') return { promoted: candidate };
  if (expect !== undefined && expect !== candidate.version)
    return { candidate, promoted: { kind: 'edited', version: candidate.version } };
  const would = await wouldHaveDone(connection, candidate, { zone, account });
  if (json !== true) for (const line of promotePage(candidate, would, stage)) print(line);
  const asking = { yes, json, terminal: process.stdin.isTTY && process.stderr.isTTY };
  const goes = await confirmed(asking, `Let it enforce on stage ${stage}? [y/N] `, askTerminal);
  return { candidate, would, promoted: goes ? await write(connection, candidate, flags) : { kind: 'shown' } };
}

/** Why nothing was written, one line. */
function whyNot(promoted: Exclude<Promoted, { kind: 'written' }>, at: Place): string {
  switch (promoted.kind) {
    case 'nothing':
      return plain(promoted.reason);
    case 'refused':
      return 'nothing was written: the rules of the stage would be refused.';
    case 'edited':
      return `nothing was switched: somebody has edited ${at.parameter}, which has version ${promoted.version} now. Look again.`;
    case 'shown':
      return `nothing was written. To switch it: firebreak rules promote ${plain(at.rule, 100)} --stage ${at.stage} --expect ${at.version} --yes`;
  }
}

interface Place {
  readonly rule: string;
  readonly stage: string;
  readonly parameter: string;
  readonly version: number;
}

function tell(promoted: Promoted, at: Place): void {
  if (promoted.kind !== 'written') {
    if (promoted.kind === 'refused') for (const problem of promoted.problems) say(problemLine(problem));
    say(`firebreak: ${whyNot(promoted, at)}`);
    return;
  }
  const { became, version } = promoted;
  print(`Written: version ${version} of ${at.parameter}.`);
  if (became.kind === 'waiting') for (const danger of became.dangers) say(`It may do harm: ${plain(danger)}`);
  const { line, good } = outcomeLine(became, at.stage);
  if (good) print(line);
  else say(`firebreak: ${line}`);
}

async function run(rule: string, flags: Flags): Promise<void> {
  const zone = zoneClock(flags.zone);
  const { candidate, would, promoted } = await onStage(flags, (stage) => promote(stage, rule, zone, flags));
  const done = promoted.kind === 'written' && ['written', 'live'].includes(promoted.became.kind);
  if (!done) process.exitCode = 1;
  const { parameter = '', version = 0, changes } = candidate ?? {};
  if (flags.json !== true) {
    tell(promoted, { rule, stage: flags.stage, parameter, version });
    return;
  }
  const { version: written, ...became } = { version: undefined, ...promoted };
  const shown = candidate === undefined ? {} : { parameter, shownVersion: version, changes };
  const now = written === undefined ? {} : { parameterVersion: written };
  printJson({
    version: 1,
    rule,
    ...became,
    ...shown,
    ...now,
    ...(would === undefined ? {} : { wouldHaveDone: would }),
  });
}

export function addPromote(rules: Command): void {
  withStage(rules.command('promote'))
    .summary('let a rule that observes enforce, after a look at what it would have done')
    .description(
      'What the rule would have done in the last 30 days, from the events that the stage recorded; then, once you say so, its parameter gets "mode: enforce". Exit 0: it enforces now. 1: nothing was switched, or it waits for approval, or it is not live yet.',
    )
    .argument('<name>', 'name of the rule')
    .option('--yes', 'switch it without asking; where nobody can be asked, nothing is written without it')
    .option('--expect <version>', 'only if its parameter still has this version', within(1, 1e9, true))
    .option('--account <file>', 'account file: what lies around a finding (default: not known)')
    .option('--zone <name>', 'time zone of whoever is paged, such as Europe/Berlin', 'UTC')
    .option('--no-wait', 'do not wait until it is live')
    .option('--json', 'print the result as JSON, and ask nothing')
    .addHelpText('after', '\nExample:\n  firebreak rules promote image-critical --stage prod --zone Europe/Berlin')
    .action(run);
}
